/** A text as an SQL literal, for the few constants that are not bound. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** The condition for a lifecycle; a NULL, which old databases may hold, counts as active. */
export function lifecycleIs(lifecycle: "active" | "deleted" | "all", column: string): string {
  switch (lifecycle) {
    case "active":
      return `coalesce(${column}, 'active') <> 'deleted'`;
    case "deleted":
      return `${column} = 'deleted'`;
    case "all":
      return "1";
  }
}
