import FlagIcon from "@patternfly/react-icons/dist/esm/icons/flag-icon";
import type { ReactElement } from "react";
import type { SignalDetails } from "../api/types";
import { useConsole } from "../hooks/console";
import { Label, Tooltip } from "../pf";
import type { Words } from "../words";

interface SignalsProps {
  codes: readonly string[] | undefined;
  details: SignalDetails | undefined;
}

/** What is noticeable about a person or a session. Each mark says what it means on hover, and when it has the focus. */
export function Signals({ codes = [], details = {} }: SignalsProps): ReactElement {
  const { t, words } = useConsole();
  return (
    <>
      {codes.map((code) => {
        const { label, help } = textsOf(code);
        const about = factsOf(details[code], words);
        return (
          <Tooltip
            key={code}
            content={
              <>
                {help ? t(help) : t("identities.signal.unknown")}
                {about && (
                  <div>
                    <bdi>{about}</bdi>
                  </div>
                )}
              </>
            }
          >
            <span className="identities-signal" tabIndex={0}>
              <Label color="orange" isCompact icon={<FlagIcon aria-hidden />}>
                {label ? t(label) : <bdi>{code}</bdi>}
              </Label>
            </span>
          </Tooltip>
        );
      })}
    </>
  );
}

/** The keys of a signal's texts; none for a signal that the server knows and this page does not. */
function textsOf(code: string): { label?: string; help?: string } {
  switch (code) {
    case "new_country":
      return { label: "identities.signal.newCountry", help: "identities.signal.newCountry.help" };
    case "new_device":
      return { label: "identities.signal.newDevice", help: "identities.signal.newDevice.help" };
    case "impossible_travel":
      return { label: "identities.signal.impossibleTravel", help: "identities.signal.impossibleTravel.help" };
    case "old_offline":
      return { label: "identities.signal.oldOffline", help: "identities.signal.oldOffline.help" };
    case "other_country":
      return { label: "identities.signal.otherCountry", help: "identities.signal.otherCountry.help" };
    case "impersonated":
      return { label: "identities.signal.impersonated", help: "identities.signal.impersonated.help" };
    default:
      return {};
  }
}

/** The facts behind a signal, as far as they are known here. */
function factsOf(details: Readonly<Record<string, unknown>> | undefined, words: Words): string {
  const { country, device, others, days, distance_km: distance, seconds, speed_kmh: speed } = details ?? {};
  const facts = [
    typeof country === "string" && words.region(country),
    typeof device === "string" && device,
    Array.isArray(others) && words.list(others.map((other) => words.region(String(other)))),
    typeof days === "number" && words.length(`${days}d`),
    typeof distance === "number" && words.amount(distance, "kilometer"),
    typeof seconds === "number" && words.amount(Math.round(seconds / 60), "minute"),
    typeof speed === "number" && words.amount(speed, "kilometer-per-hour"),
  ];
  return facts.filter(Boolean).join(" · ");
}
