/**
 * Reads the subset of Java's .properties format that our message files use: `key=value` lines, `#` comments, and
 * characters by their code (`\u00AD`), because nobody sees a soft hyphen.
 */
export function parseProperties(text: string): Record<string, string> {
  const entries = text
    .split("\n")
    .filter((line) => line.trim() !== "" && !line.startsWith("#"))
    .map((line): [string, string] => {
      const read = line.replace(/\\u([0-9A-F]{4})/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
      const equals = read.indexOf("=");
      if (equals < 1 || read.includes("\\")) {
        throw new Error(`Not a plain key=value line: ${line}`);
      }
      return [read.slice(0, equals), read.slice(equals + 1)];
    });
  const properties = Object.fromEntries(entries);
  if (Object.keys(properties).length !== entries.length) {
    throw new Error("A key is there twice.");
  }
  return properties;
}
