/** `app.commandLine`: the switches this process was started with, and those the app adds. */

export class CommandLine {
  readonly #switches = new Map<string, string>();

  constructor(argv: readonly string[]) {
    for (const argument of argv) {
      const match = /^--([^=]+)(?:=(.*))?$/s.exec(argument);
      if (match?.[1] !== undefined) this.#switches.set(match[1].toLowerCase(), match[2] ?? '');
    }
  }

  appendSwitch(name: string, value = ''): void {
    this.#switches.set(name.toLowerCase(), value);
  }

  removeSwitch(name: string): void {
    this.#switches.delete(name.toLowerCase());
  }

  hasSwitch(name: string): boolean {
    return this.#switches.has(name.toLowerCase());
  }

  getSwitchValue(name: string): string {
    return this.#switches.get(name.toLowerCase()) ?? '';
  }

  appendArgument(): void {}
}
