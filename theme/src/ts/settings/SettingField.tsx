import type { ReactElement } from "react";
import { useConsole } from "../hooks/console";
import {
  FormGroup,
  FormHelperText,
  FormSelect,
  FormSelectOption,
  HelperText,
  HelperTextItem,
  Switch,
  TextInput,
} from "../pf";
import { choiceKey, type RealmSetting, textKeys } from "./table";

interface SettingFieldProps {
  setting: RealmSetting;
  value: string;
  valid: boolean;
  onChange: (value: string) => void;
}

/** A setting with its name and what it does. */
export function SettingField(props: SettingFieldProps): ReactElement {
  const { t } = useConsole();
  const { setting, valid } = props;
  const keys = textKeys("realm", setting);
  const help = `${setting.attribute}-help`;
  return (
    <FormGroup label={t(keys.label)} fieldId={setting.attribute} hasNoPaddingTop={setting.kind === "switch"}>
      <Control {...props} help={help} />
      <FormHelperText>
        <HelperText id={help}>
          <HelperTextItem>{t(keys.help)}</HelperTextItem>
          {!valid && setting.kind === "number" && (
            <HelperTextItem variant="error" hasIcon>
              {t("identities.settings.number", { min: setting.min, max: setting.max })}
            </HelperTextItem>
          )}
        </HelperText>
      </FormHelperText>
    </FormGroup>
  );
}

function Control({ setting, value, valid, onChange, help }: SettingFieldProps & { help: string }): ReactElement {
  const { t } = useConsole();
  const common = { id: setting.attribute, "aria-describedby": help };
  switch (setting.kind) {
    case "switch":
      return (
        <Switch
          {...common}
          aria-label={t(textKeys("realm", setting).label)}
          isChecked={value === "true"}
          onChange={(_event, checked) => {
            onChange(String(checked));
          }}
        />
      );
    case "choice":
      return (
        <FormSelect
          {...common}
          value={value}
          onChange={(_event, choice) => {
            onChange(choice);
          }}
        >
          {setting.choices.map((choice) => (
            <FormSelectOption key={choice} value={choice} label={t(choiceKey(setting, choice))} />
          ))}
        </FormSelect>
      );
    case "text":
    case "number":
      return (
        <TextInput
          {...common}
          value={value}
          validated={valid ? "default" : "error"}
          placeholder={setting.kind === "text" ? setting.standard : ""}
          {...(setting.kind === "number" ? { inputMode: "numeric" } : {})}
          onChange={(_event, text) => {
            onChange(text);
          }}
        />
      );
  }
}
