import { type ReactElement, type ReactNode, useEffect, useState } from "react";
import { isBadFilter } from "../api/http";
import { Copyable } from "../components/Copyable";
import { Note } from "../components/Note";
import { SearchField } from "../components/SearchField";
import { useConsole } from "../hooks/console";
import type { ProviderOption } from "../hooks/useIdentityProviders";
import { Button, Label, TextArea } from "../pf";
import { allSessions, hashOf, type ListRoute, type ListView } from "../routes";
import { curlOf } from "./curl";
import {
  type Chip,
  type Condition,
  expressionOf,
  isOf,
  type ListName,
  readConditions,
  valueIn,
  withValue,
} from "./facets";
import { FacetSelects } from "./FacetSelects";
import { isElsewhere, namesPeople } from "./kept";
import { type KnownApplication, type Meaning, meaningOf, personOf } from "./meaning";
import { useChipWords } from "./useChipWords";

/** What the filters offer: what is known of the realm, and what the rows show. */
export interface Offered {
  providers: readonly ProviderOption[];
  /** Whether the realm is known to have none. */
  noProviders: boolean;
  /** The name of the realm, under which its own accounts are shown. */
  own: string;
  applications: readonly KnownApplication[];
  browsers: readonly string[];
}

interface FilterBarProps {
  route: ListRoute;
  offered: Offered;
  /** Why the list could not be loaded. */
  error: unknown;
  onChange: (change: Partial<ListView>) => void;
  /** The actions beside the search. */
  children: ReactNode;
}

/** Finds: one field for names, addresses, ids and expressions, a choice for each facet, and the expression of it all. */
export function FilterBar({ route, offered, error, onChange, children }: FilterBarProps): ReactElement {
  const { realm, t } = useConsole();
  const list: ListName = route.page;
  const filter = route.filter ?? "";
  const setFilter = (expression: string) => {
    onChange({ filter: expression === "" ? undefined : expression });
  };
  const others = withoutPerson(list, filter);
  const find = (chip: Chip) => {
    if (isOf(list, chip.facet)) {
      // What was typed before it took this meaning is not searched for any more.
      onChange({ search: "", filter: withValue(list, others, chip.facet, chip.value) });
    } else {
      focusSearchAfterMove();
      location.assign(hashOf(realm, { ...allSessions, filter: expressionOf("sessions", [chip]) }));
    }
  };
  const onEnter = (text: string) => {
    const { chips, certain, expression } = meaningOf(text, offered.applications);
    if (expression !== undefined) {
      onChange({ search: "", filter: expression });
      return true;
    }
    const [likeliest] = chips;
    if (!certain || !likeliest) {
      return false;
    }
    find(likeliest);
    return true;
  };
  return (
    <>
      <div className="identities-bar">
        <SearchField
          label={list === "users" ? t("identities.search") : t("identities.search.sessions")}
          text={
            list === "users"
              ? route.search
              : (valueIn(list, filter, "person") ?? valueIn(list, filter, "personName") ?? "")
          }
          searched={(text) => (list === "users" ? text : personOf(text).value)}
          isSearch={(text) => isName(list, meaningOf(text, offered.applications))}
          onSearch={(text) => {
            if (list === "users") {
              onChange({ search: text });
            } else {
              const { facet, value } = personOf(text);
              setFilter(text === "" ? others : withValue(list, others, facet, value));
            }
          }}
          onEnter={onEnter}
          offers={(text, clear) => (
            <Offers
              meaning={meaningOf(text, offered.applications)}
              offered={offered}
              onFind={(chip) => {
                clear();
                find(chip);
              }}
            />
          )}
        />
        <FacetSelects route={route} offered={offered} onChange={onChange} />
        {children}
      </div>
      <Chips list={list} filter={filter} offered={offered} onChange={setFilter} />
      <Expression list={list} filter={filter} error={error} onChange={setFilter} />
    </>
  );
}

/** The expression without what a name in the search bar has put into it. */
function withoutPerson(list: ListName, filter: string): string {
  return withValue(list, withValue(list, filter, "person", undefined), "personName", undefined);
}

/** An id and an application may be typed for a name: the list of people is searched for them, too. */
function isName(list: ListName, { chips, certain, expression }: Meaning): boolean {
  if (!certain) {
    return true;
  }
  const mayBeSearched = ["uuid", "userId", "userIdPart", "sid", "application"];
  return list === "users" && expression === undefined && chips.every(({ facet }) => mayBeSearched.includes(facet));
}

/** The field of the other list takes the focus over, so that typing can go on. */
function focusSearchAfterMove(): void {
  const focus = () => {
    setTimeout(() => {
      document.querySelector<HTMLElement>(".identities-search input")?.focus();
    });
  };
  window.addEventListener("hashchange", focus, { once: true });
}

interface OffersProps {
  meaning: Meaning;
  offered: Offered;
  onFind: (chip: Chip) => void;
}

/** What else a text may mean, each a click away. Enter takes the first where the text is no name. */
function Offers({ meaning, offered, onFind }: OffersProps): ReactElement {
  const { t } = useConsole();
  const wordsOf = useChipWords(offered);
  return (
    <div role="status" className="identities-offers">
      {meaning.expression !== undefined && <span className="identities-quiet">{t("identities.find.expression")}</span>}
      {meaning.chips.map((chip, position) => (
        <Button
          key={chip.facet}
          variant="link"
          size="sm"
          isInline
          onClick={() => {
            onFind(chip);
          }}
        >
          <bdi>{t("identities.find", { condition: wordsOf(chip) })}</bdi>
          {meaning.certain && position === 0 && ` ${t("identities.find.enter")}`}
        </Button>
      ))}
    </div>
  );
}

interface ChipsProps {
  list: ListName;
  filter: string;
  offered: Offered;
  onChange: (filter: string) => void;
}

/** What the list is narrowed to: a label for each condition, which can be taken away. */
function Chips({ list, filter, offered, onChange }: ChipsProps): ReactElement | null {
  const { t } = useConsole();
  const wordsOf = useChipWords(offered);
  const conditions = readConditions(list, filter);
  if (conditions.length === 0) {
    return null;
  }
  const without = (condition: Condition) =>
    expressionOf(
      list,
      conditions.filter((other) => other !== condition),
    );
  return (
    <div role="group" aria-label={t("identities.filter")} className="identities-chips">
      {conditions.map((condition, position) => (
        <Label
          key={position}
          color={condition.facet === "other" ? "grey" : "blue"}
          textMaxWidth="24rem"
          closeBtnAriaLabel={t("identities.filter.remove", { condition: wordsOf(condition) })}
          onClose={() => {
            onChange(without(condition));
          }}
        >
          <bdi>{wordsOf(condition)}</bdi>
        </Label>
      ))}
      <Button
        variant="link"
        size="sm"
        onClick={() => {
          onChange("");
        }}
      >
        {t("identities.filter.clear")}
      </Button>
    </div>
  );
}

interface ExpressionProps {
  list: ListName;
  filter: string;
  error: unknown;
  onChange: (filter: string) => void;
}

/** The filter as the API takes it: to be read, changed, and taken elsewhere. */
function Expression({ list, filter, error, onChange }: ExpressionProps): ReactElement {
  const { identities, t } = useConsole();
  const [typed, setTyped] = useState(filter);
  const [known, setKnown] = useState(filter);
  if (known !== filter) {
    // Changed from elsewhere: by a choice, or by the browser's back button.
    setKnown(filter);
    setTyped(filter);
  }
  const isBad = filter !== "" && isBadFilter(error);
  const [open, setOpen] = useState(isBad);
  useEffect(() => {
    if (isBad) {
      setOpen(true);
    }
  }, [isBad]);
  return (
    <details
      className="identities-expression"
      open={open}
      onToggle={(event) => {
        setOpen(event.currentTarget.open);
      }}
    >
      <summary>{t("identities.filter.expression")}</summary>
      <form
        className="identities-cards"
        onSubmit={(event) => {
          event.preventDefault();
          onChange(typed.trim());
        }}
      >
        <TextArea
          aria-label={t("identities.filter.expression")}
          className="identities-raw"
          resizeOrientation="vertical"
          rows={2}
          spellCheck={false}
          maxLength={4096}
          validated={isBad ? "error" : "default"}
          value={typed}
          onChange={(_event, text) => {
            setTyped(text);
          }}
        />
        <div className="identities-inline">
          <Button type="submit" variant="secondary" isDisabled={typed.trim() === filter}>
            {t("identities.filter.apply")}
          </Button>
        </div>
        {isElsewhere(filter) && <Note kind="warning" title={t("identities.filter.elsewhere")} />}
        {filter !== "" && (
          <>
            <div className="identities-raw">
              <Copyable label={t("identities.filter.curl")}>{curlOf(identities.address(`/${list}`), filter)}</Copyable>
            </div>
            <p className="identities-quiet">
              {namesPeople(filter) ? t("identities.filter.notShared") : t("identities.filter.shared")}
            </p>
          </>
        )}
      </form>
    </details>
  );
}
