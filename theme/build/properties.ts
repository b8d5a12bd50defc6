/** Reads the subset of Java's .properties format that our message files use: `key=value` lines and `#` comments. */
export function parseProperties(text: string): Record<string, string> {
  const entries = text
    .split("\n")
    .filter((line) => line.trim() !== "" && !line.startsWith("#"))
    .map((line): [string, string] => {
      const equals = line.indexOf("=");
      if (equals < 1 || line.includes("\\")) {
        throw new Error(`Not a plain key=value line: ${line}`);
      }
      return [line.slice(0, equals), line.slice(equals + 1)];
    });
  const properties = Object.fromEntries(entries);
  if (Object.keys(properties).length !== entries.length) {
    throw new Error("A key is there twice.");
  }
  return properties;
}
