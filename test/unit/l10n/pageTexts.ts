/** All that a page says, to whoever sees it and to whoever hears it: its texts and the attributes that are read out, through all shadow roots. */
export function pageTexts(root: Element | ShadowRoot): readonly string[] {
  const found: string[] = [];
  const look = (node: Node): void => {
    if (node instanceof Text) {
      found.push(node.data);
    } else if (node instanceof Element) {
      if (node.localName === "style") {
        return;
      }
      found.push(...["aria-label", "title", "placeholder"].flatMap((name) => node.getAttribute(name) ?? []));
      node.shadowRoot?.childNodes.forEach(look);
    }
    node.childNodes.forEach(look);
  };
  look(root);
  return found.map((text) => text.replace(/\s+/g, " ").trim()).filter((text) => text !== "");
}
