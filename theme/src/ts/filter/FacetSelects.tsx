import type { ReactElement } from "react";
import { useConsole } from "../hooks/console";
import { undirected } from "../text";
import { FormSelect, FormSelectOption } from "../pf";
import type { ListRoute, ListView } from "../routes";
import { COUNTRIES } from "./countries";
import { type FacetName, isOf, type ListName, valueIn, withValue } from "./facets";
import type { Offered } from "./FilterBar";
import { ProviderFilter } from "./ProviderFilter";

/** Lengths of time that are offered. Any other can be written into the expression. */
const AGES = ["1h", "1d", "7d", "30d", "90d"];

const DEVICE_TYPES = ["Desktop", "Mobile", "Tablet", "Bot"];

interface FacetSelectsProps {
  route: ListRoute;
  offered: Offered;
  onChange: (change: Partial<ListView>) => void;
}

/** A choice for each facet of the list; all but the identity provider are folded away until they are asked for. */
export function FacetSelects({ route, offered, onChange }: FacetSelectsProps): ReactElement {
  const { t, words } = useConsole();
  const list: ListName = route.page;
  const filter = route.filter ?? "";
  const set = (facet: FacetName, value: string | undefined, instead?: FacetName) => {
    const rest = instead ? withValue(list, filter, instead, undefined) : filter;
    const expression = withValue(list, rest, facet, value);
    onChange({ filter: expression === "" ? undefined : expression });
  };
  const countries = COUNTRIES.map((code) => [code, words.region(code)] as const).sort(([, one], [, other]) =>
    one.localeCompare(other),
  );
  const simple: readonly [FacetName, label: string, options: readonly (readonly [value: string, label: string])[]][] = [
    ["country", t("identities.place.country"), countries],
    ["application", t("identities.application"), offered.applications.map(({ id, name }) => [id, name] as const)],
    ["browser", t("identities.device.browser"), offered.browsers.map((name) => [name, undirected(name)] as const)],
    ["deviceType", t("identities.device.type"), DEVICE_TYPES.map((type) => [type, words.deviceType(type)] as const)],
    [
      "kind",
      t("identities.session.kind"),
      [
        ["online", t("identities.session.online")],
        ["offline", t("identities.session.offline")],
      ],
    ],
  ];
  return (
    <>
      <ProviderFilter route={route} offered={offered} onChange={onChange} />
      <details className="identities-facets">
        <summary>{t("identities.filter.more")}</summary>
        <div className="identities-bar">
          {simple
            .filter(([facet]) => isOf(list, facet))
            .map(([facet, label, options]) => (
              <Choice
                key={facet}
                label={label}
                value={valueIn(list, filter, facet)}
                options={options}
                onChange={(value) => {
                  set(facet, value);
                }}
              />
            ))}
          {isOf(list, "startedAfter") && (
            <Age
              label={t("identities.started")}
              after={valueIn(list, filter, "startedAfter")}
              before={valueIn(list, filter, "startedBefore")}
              onChange={(which, value) => {
                if (which === "after") {
                  set("startedAfter", value, "startedBefore");
                } else {
                  set("startedBefore", value, "startedAfter");
                }
              }}
            />
          )}
          <Age
            label={t("identities.lastActive")}
            after={valueIn(list, filter, "activeAfter")}
            before={valueIn(list, filter, "activeBefore")}
            onChange={(which, value) => {
              if (which === "after") {
                set("activeAfter", value, "activeBefore");
              } else {
                set("activeBefore", value, "activeAfter");
              }
            }}
          />
        </div>
      </details>
    </>
  );
}

interface AgeProps {
  label: string;
  after: string | undefined;
  before: string | undefined;
  onChange: (which: "after" | "before", length: string | undefined) => void;
}

/** Within the last so many days, or before. */
function Age({ label, after, before, onChange }: AgeProps): ReactElement {
  const { t, words } = useConsole();
  const known = (value: string | undefined) => (value === undefined || AGES.includes(value) ? AGES : [...AGES, value]);
  return (
    <Choice
      label={label}
      value={after !== undefined ? `after ${after}` : before !== undefined ? `before ${before}` : undefined}
      options={[
        ...known(after).map(
          (age) => [`after ${age}`, t("identities.age.within", { length: words.length(age) })] as const,
        ),
        ...known(before).map(
          (age) => [`before ${age}`, t("identities.age.before", { length: words.length(age) })] as const,
        ),
      ]}
      onChange={(value) => {
        const [which, length] = value?.split(" ") ?? [];
        onChange(which === "before" ? "before" : "after", length);
      }}
    />
  );
}

interface ChoiceProps {
  label: string;
  value: string | undefined;
  options: readonly (readonly [value: string, label: string])[];
  onChange: (value: string | undefined) => void;
}

/** One of some values, or any. A value that is not offered is offered while it is chosen. */
function Choice({ label, value, options, onChange }: ChoiceProps): ReactElement {
  const { t } = useConsole();
  const all =
    value === undefined || options.some(([one]) => one === value) ? options : [...options, [value, value] as const];
  return (
    <FormSelect
      aria-label={label}
      className="identities-filter"
      value={value ?? ""}
      onChange={(_event, chosen) => {
        onChange(chosen === "" ? undefined : chosen);
      }}
    >
      <FormSelectOption value="" label={t("identities.filter.any", { label })} />
      {all.map(([one, text]) => (
        <FormSelectOption key={one} value={one} label={text} />
      ))}
    </FormSelect>
  );
}
