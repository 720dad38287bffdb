import { describe, expect, it } from "vitest";

import { documentPart } from "../../../src/core/governance/annex/documentPart";
import { documentTemplate } from "../../../src/core/lint/documentTemplates";

const TEMPLATE = documentTemplate("General description", ["Hardware", "User interface"]);

describe("a document", () => {
  it("that the template made says nothing yet", () => {
    expect(documentPart(TEMPLATE, null, "1(e)")).toBe("unfilled");
    expect(documentPart(TEMPLATE, "Hardware", "1(e)")).toBe("unfilled");
    expect(documentPart("", null, "6")).toBe("unfilled");
    expect(documentPart("# Title\n\n- TODO\n\n<to be written>\n", null, "6")).toBe("unfilled");
  });

  it("is filled in part by part", () => {
    const text = TEMPLATE.replace("## Hardware\n\nTODO", "## Hardware\n\n### Memory\n\n4 GB");
    expect(documentPart(text, null, "1(e)")).toBe("filled");
    expect(documentPart(text, "hardware", "1(e)")).toBe("filled");
    expect(documentPart(text, "User interface", "1(g)")).toBe("unfilled");
  });

  it("that lacks the heading cannot be judged", () => {
    expect(documentPart("# Everything\n\nRuns anywhere.\n", "Hardware", "1(e)")).toBe("no_heading");
    expect(documentPart("# Everything\n\nTODO\n", "Hardware", "1(e)")).toBe("unfilled");
  });

  it.each(["1(e) Geräte", "1 (e): Geräte", "1e Geräte", "1(e)"])("in another language is found by the number of the law: %s", (title) => {
    expect(documentPart(`# Allgemeines\n\n## ${title}\n\nEin Rechner.\n`, "Hardware", "1(e)")).toBe("filled");
    expect(documentPart(`# Allgemeines\n\nText.\n\n## ${title}\n\nTODO\n`, "Hardware", "1(e)")).toBe("unfilled");
    expect(documentPart(`# Allgemeines\n\n## ${title}\n\nEin Rechner.\n`, "User interface", "1(g)")).toBe("no_heading");
  });

  it("may have Windows line ends and headings with marks at their end", () => {
    expect(documentPart("## Hardware ##\r\n\r\nAny.\r\n## Other\r\nTODO\r\n", "Hardware", "1(e)")).toBe("filled");
    expect(documentPart("## Hardware ##\r\n\r\nTODO\r\n## Other\r\nSome.\r\n", "Hardware", "1(e)")).toBe("unfilled");
  });
});
