/*
 * The parts of PatternFly that we use, each by its own path: the package's index would bring the styles of all of them,
 * six times as many.
 */
export { Alert } from "@patternfly/react-core/dist/dynamic/components/Alert";
export { Breadcrumb, BreadcrumbItem } from "@patternfly/react-core/dist/dynamic/components/Breadcrumb";
export { Button } from "@patternfly/react-core/dist/dynamic/components/Button";
export { Card, CardBody, CardTitle } from "@patternfly/react-core/dist/dynamic/components/Card";
export {
  DescriptionList,
  DescriptionListDescription,
  DescriptionListGroup,
  DescriptionListTerm,
} from "@patternfly/react-core/dist/dynamic/components/DescriptionList";
export {
  EmptyState,
  EmptyStateBody,
  EmptyStateFooter,
  EmptyStateHeader,
  EmptyStateIcon,
} from "@patternfly/react-core/dist/dynamic/components/EmptyState";
export {
  ActionGroup,
  Form,
  FormGroup,
  FormHelperText,
  FormSection,
} from "@patternfly/react-core/dist/dynamic/components/Form";
export { FormSelect, FormSelectOption } from "@patternfly/react-core/dist/dynamic/components/FormSelect";
export { HelperText, HelperTextItem } from "@patternfly/react-core/dist/dynamic/components/HelperText";
export { Label } from "@patternfly/react-core/dist/dynamic/components/Label";
export { Modal } from "@patternfly/react-core/dist/dynamic/components/Modal";
export { Checkbox } from "@patternfly/react-core/dist/dynamic/components/Checkbox";
export { Progress } from "@patternfly/react-core/dist/dynamic/components/Progress";
export { Radio } from "@patternfly/react-core/dist/dynamic/components/Radio";
export { Skeleton } from "@patternfly/react-core/dist/dynamic/components/Skeleton";
export { Switch } from "@patternfly/react-core/dist/dynamic/components/Switch";
export { TextArea } from "@patternfly/react-core/dist/dynamic/components/TextArea";
export { TextInput } from "@patternfly/react-core/dist/dynamic/components/TextInput";
export { Tooltip } from "@patternfly/react-core/dist/dynamic/components/Tooltip";
