import type { CliHost } from "./cliHost";
import { type Column, layOutTable } from "./textTable";

/** How a command speaks: results to standard output, all else to standard error. */
export class Output {
  constructor(
    private readonly host: CliHost,
    private readonly options: { readonly json: boolean; readonly quiet: boolean; readonly color: boolean },
  ) {}

  get isJson(): boolean {
    return this.options.json;
  }

  /** Whether results are coloured: asked for, or shown in a terminal by somebody who has not said no. */
  get isColored(): boolean {
    return this.options.color || (this.host.stdout.isTerminal && (this.host.env["NO_COLOR"] ?? "") === "");
  }

  /** A message for people; dropped by --quiet. */
  async note(sentence: string): Promise<void> {
    if (!this.options.quiet) {
      await this.host.stderr.write(`${sentence}\n`);
    }
  }

  /** The words of a program that runs for us, as they come; dropped by --quiet. */
  async log(text: string): Promise<void> {
    if (!this.options.quiet) {
      await this.host.stderr.write(text);
    }
  }

  /**
   * Writes `{"key":[…]}` page by page, so that a store of any size needs little memory. Nothing is written before the first
   * page is there, so that a failure leaves standard output empty.
   * @returns how many items there were.
   */
  async jsonList<T>(key: string, pages: AsyncIterable<readonly T[]>, toJson: (item: T) => unknown): Promise<number> {
    let count = 0;
    let isOpen = false;
    for await (const page of pages) {
      let text = isOpen ? "" : `{${JSON.stringify(key)}:[`;
      isOpen = true;
      for (const item of page) {
        text += `${count === 0 ? "\n" : ",\n"}${JSON.stringify(toJson(item))}`;
        count++;
        if (text.length > 1_000_000) {
          await this.host.stdout.write(text);
          text = "";
        }
      }
      await this.host.stdout.write(text);
    }
    await this.host.stdout.write(isOpen ? "\n]}\n" : `{${JSON.stringify(key)}:[]}\n`);
    return count;
  }

  /**
   * Writes a table page by page; the first page decides how wide its columns are.
   * @param columnsFor chooses the columns when the first page is there.
   */
  async table<T>(
    pages: AsyncIterable<readonly T[]>,
    columnsFor: (firstPage: readonly T[]) => readonly (Column & { readonly cell: (item: T) => string })[],
  ): Promise<number> {
    const { stdout } = this.host;
    const color = this.isColored;
    let count = 0;
    let layout: ReturnType<typeof layOutTable> | undefined;
    let columns: ReturnType<typeof columnsFor> = [];
    for await (const page of pages) {
      columns = layout === undefined ? columnsFor(page) : columns;
      const rows = page.map((item) => columns.map((column) => column.cell(item)));
      const isFirst = layout === undefined;
      layout ??= layOutTable(columns, rows, { columns: stdout.columns, color });
      const { header, line } = layout;
      if (rows.length > 0) {
        await stdout.write([...(isFirst ? [header] : []), ...rows.map(line)].map((text) => `${text}\n`).join(""));
      }
      count += page.length;
    }
    return count;
  }
}
