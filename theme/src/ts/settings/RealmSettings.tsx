import { type ReactElement, useCallback, useState } from "react";
import type { Realm } from "../api/keycloak";
import { Loaded } from "../components/Loaded";
import { Note } from "../components/Note";
import { useConsole } from "../hooks/console";
import { useDescribeError } from "../hooks/useDescribeError";
import { useResource } from "../hooks/useResource";
import { ActionGroup, Button, Form, FormSection } from "../pf";
import { SettingField } from "./SettingField";
import { isValid, realmSettings, sections, storedOf, valueOf } from "./table";
import { useLeaveQuestion } from "./useLeaveQuestion";

/** The form with all settings of the realm. */
export function RealmSettings(): ReactElement {
  const { keycloak } = useConsole();
  const realm = useResource(useCallback((signal: AbortSignal) => keycloak.realm(signal), [keycloak]));
  return <Loaded resource={realm}>{(data) => <SettingsForm realm={data} reload={realm.reload} />}</Loaded>;
}

function SettingsForm({ realm, reload }: { realm: Realm; reload: () => Promise<void> }): ReactElement {
  const { keycloak, t } = useConsole();
  const describe = useDescribeError();
  // The changed values that are not saved, by attribute.
  const [changes, setChanges] = useState<Readonly<Record<string, string>>>({});
  const [saving, setSaving] = useState(false);
  const [saved, setSaved] = useState<{ error?: unknown }>();

  const valueNow = (attribute: string) => realm.attributes?.[attribute];
  const fields = realmSettings.map((setting) => {
    const before = valueOf(setting, valueNow(setting.attribute));
    const value = changes[setting.attribute] ?? before;
    return { setting, value, changed: value !== before, valid: isValid(setting, value) };
  });
  const changed = fields.filter((field) => field.changed);
  const leaveQuestion = useLeaveQuestion(changed.length > 0);

  const save = async () => {
    setSaving(true);
    try {
      await keycloak.setRealmAttributes(
        Object.fromEntries(changed.map(({ setting, value }) => [setting.attribute, storedOf(setting, value.trim())])),
      );
      await reload();
      setChanges({});
      setSaved({});
    } catch (error) {
      setSaved({ error });
    } finally {
      setSaving(false);
    }
  };
  return (
    <Form
      isHorizontal
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      {sections.map((section) => (
        <FormSection key={section} title={t(`identities.settings.section.${section}`)} titleElement="h3">
          {fields
            .filter(({ setting }) => setting.section === section)
            .map(({ setting, value, valid }) => (
              <SettingField
                key={setting.attribute}
                setting={setting}
                value={value}
                valid={valid}
                onChange={(next) => {
                  setChanges({ ...changes, [setting.attribute]: next });
                  setSaved(undefined);
                }}
              />
            ))}
        </FormSection>
      ))}
      <div role="status">
        {saved?.error === undefined && saved && <Note kind="success" title={t("identities.settings.saved")} />}
        {saved?.error !== undefined && (
          <Note kind="danger" title={t("identities.settings.notSaved")}>
            {describe(saved.error)}
          </Note>
        )}
      </div>
      <ActionGroup>
        <Button
          type="submit"
          isLoading={saving}
          isDisabled={saving || changed.length === 0 || changed.some(({ valid }) => !valid)}
        >
          {t("identities.save")}
        </Button>
        <Button
          variant="link"
          isDisabled={saving || changed.length === 0}
          onClick={() => {
            setChanges({});
          }}
        >
          {t("identities.revert")}
        </Button>
      </ActionGroup>
      {leaveQuestion}
    </Form>
  );
}
