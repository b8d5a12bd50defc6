import SearchIcon from "@patternfly/react-icons/dist/esm/icons/search-icon";
import { type ReactElement, type ReactNode, useEffect, useState } from "react";
import { TextInput } from "../pf";

/** As long as the server takes it. */
const LENGTH = 255;

/** An expression may be longer: as long as the server takes one. */
const EXPRESSION_LENGTH = 4096;

/** Typing is over when nothing comes for this long. */
const DEBOUNCE = 400;

interface SearchFieldProps {
  label: string;
  /** The text to search for. */
  text: string;
  onSearch: (text: string) => void;
  /** What a text is searched for as. Left out: as it is. */
  searched?: (text: string) => string;
  /** Whether a text is one to search for while it is typed. */
  isSearch?: (text: string) => boolean;
  /** Takes a text when Enter is pressed, and says whether it did. The field is empty then. */
  onEnter?: (text: string) => boolean;
  /** Shown below the field, about what is typed. */
  offers?: (text: string, clear: () => void) => ReactNode;
}

/** Searches when typing is over. The browser offers to clear it. */
export function SearchField(props: SearchFieldProps): ReactElement {
  const { label, text, onSearch, searched, isSearch, onEnter, offers } = props;
  const [typed, setTyped] = useState(text);
  const [known, setKnown] = useState(text);
  const next = typed.trim();
  const isSearched = (searched?.(next) ?? next) === text;
  if (known !== text) {
    setKnown(text);
    if (!isSearched) {
      // Changed from elsewhere, by the browser's back button for one. Else the blank before the next word would go.
      setTyped(text);
    }
  }
  useEffect(() => {
    if (isSearched || (next !== "" && isSearch?.(next) === false)) {
      return undefined;
    }
    const timer = setTimeout(() => {
      onSearch(next);
    }, DEBOUNCE);
    return () => {
      clearTimeout(timer);
    };
  });
  const clear = () => {
    setTyped("");
  };
  return (
    <div className="identities-search">
      <TextInput
        type="search"
        aria-label={label}
        placeholder={label}
        title={label}
        customIcon={<SearchIcon />}
        maxLength={onEnter ? EXPRESSION_LENGTH : LENGTH}
        value={typed}
        onChange={(_event, value) => {
          setTyped(value);
        }}
        onKeyDown={(event) => {
          if (event.key === "Enter" && next !== "" && onEnter?.(next)) {
            clear();
          }
        }}
      />
      {next !== "" && offers?.(next, clear)}
    </div>
  );
}
