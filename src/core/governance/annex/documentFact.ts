/** A file that an mlops.yaml names as a document, as far as looking tells. */
export interface DocumentFact {
  /** From the root of the workspace; null for an address and for a place outside. */
  readonly path: string | null;
  readonly kind: "file" | "folder" | "missing" | "outside" | "unknown";
  /** Why it could not be looked at; null where it could. */
  readonly why: string | null;
  /** Hex; null where there is no file, or one too large to be read on the way. */
  readonly sha256: string | null;
  /** Of Markdown and plain text only. */
  readonly text: string | null;
  /** Day of its newest commit, YYYY-MM-DD; null where git does not know it. */
  readonly changedOn: string | null;
}

/** Documents of a product by the path that its file writes, and when its training data last changed. */
export interface DocumentFacts {
  readonly documents: ReadonlyMap<string, DocumentFact>;
  /** YYYY-MM-DD; null where git does not tell. */
  readonly dataChangedOn: string | null;
}
