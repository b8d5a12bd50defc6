import SearchIcon from "@patternfly/react-icons/dist/esm/icons/search-icon";
import { type ReactElement, useEffect, useState } from "react";
import { TextInput } from "../pf";

/** As long as the server takes it. */
const LENGTH = 255;

/** Typing is over when nothing comes for this long. */
const DEBOUNCE = 400;

interface SearchFieldProps {
  label: string;
  /** The text to search for. */
  text: string;
  onSearch: (text: string) => void;
}

/** Searches when typing is over. The browser offers to clear it. */
export function SearchField({ label, text, onSearch }: SearchFieldProps): ReactElement {
  const [typed, setTyped] = useState(text);
  const [known, setKnown] = useState(text);
  if (known !== text) {
    // Changed from elsewhere, by the browser's back button for one.
    setKnown(text);
    setTyped(text);
  }
  const next = typed.trim();
  useEffect(() => {
    if (next === text) {
      return undefined;
    }
    const timer = setTimeout(() => {
      onSearch(next);
    }, DEBOUNCE);
    return () => {
      clearTimeout(timer);
    };
  });
  return (
    <TextInput
      type="search"
      aria-label={label}
      placeholder={label}
      customIcon={<SearchIcon />}
      className="identities-search"
      maxLength={LENGTH}
      value={typed}
      onChange={(_event, value) => {
        setTyped(value);
      }}
    />
  );
}
