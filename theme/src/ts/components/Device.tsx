import DesktopIcon from "@patternfly/react-icons/dist/esm/icons/desktop-icon";
import MobileIcon from "@patternfly/react-icons/dist/esm/icons/mobile-alt-icon";
import QuestionIcon from "@patternfly/react-icons/dist/esm/icons/question-circle-icon";
import RobotIcon from "@patternfly/react-icons/dist/esm/icons/robot-icon";
import TabletIcon from "@patternfly/react-icons/dist/esm/icons/tablet-alt-icon";
import type { ReactElement } from "react";
import type { UserAgent } from "../api/types";
import { useConsole } from "../hooks/console";
import { Text } from "./Bits";

const ICONS: Readonly<Record<string, typeof DesktopIcon>> = {
  Desktop: DesktopIcon,
  Mobile: MobileIcon,
  Tablet: TabletIcon,
  Bot: RobotIcon,
};

/** A device in words, with a picture of its type. */
export function Device({ userAgent }: { userAgent: UserAgent }): ReactElement {
  const { words } = useConsole();
  const Icon = ICONS[userAgent.device_type] ?? QuestionIcon;
  return (
    <span className="identities-device">
      <Icon className="identities-quiet" aria-hidden /> <Text>{words.device(userAgent)}</Text>
    </span>
  );
}
