import type { ReactElement } from "react";
import { useConsole } from "../hooks/console";

interface EffectsProps {
  /** How many people, or sessions, are named. */
  count: number;
  wholePeople: boolean;
  /** Whether an offline session is named: it takes its online part along. */
  offline: boolean;
  disable: boolean;
}

/** Says what a revocation ends and what it does not, so that administrators do not rely on more. */
export function Effects({ count, wholePeople, offline, disable }: EffectsProps): ReactElement {
  const { t } = useConsole();
  const ends = [
    ...(disable ? [t("identities.effect.disableFirst")] : []),
    wholePeople ? t("identities.effect.allSessions") : t("identities.effect.theseSessions", { count }),
    ...(offline ? [t("identities.effect.onlinePart")] : []),
    t("identities.effect.tokens"),
    t("identities.effect.told"),
  ];
  const stays = [
    t("identities.effect.accessTokens"),
    ...(wholePeople ? [] : [t("identities.effect.otherSessions")]),
    ...(disable ? [] : [t("identities.effect.account")]),
  ];
  return (
    <div className="identities-columns">
      <Points title={t("identities.effect.ends")} points={ends} />
      <Points title={t("identities.effect.stays")} points={stays} />
    </div>
  );
}

function Points({ title, points }: { title: string; points: readonly string[] }): ReactElement {
  return (
    <div>
      <h2 className="identities-heading">{title}</h2>
      <ul className="identities-points">
        {points.map((point) => (
          <li key={point}>{point}</li>
        ))}
      </ul>
    </div>
  );
}
