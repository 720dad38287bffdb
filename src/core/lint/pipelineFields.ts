import ignore from "ignore";
import { isMissingSentence, isPlaceholder } from "../config/placeholder";
import { DEFAULT_REQUIRE } from "../config/policy";
import type { Product } from "../config/product";
import { isHeld, isNobody, isReachable } from "./person";
import { linkingProducts } from "./pipelineLinks";
import type { PipelineContext } from "./pipelineRule";
import { fieldName } from "./sources/fieldName";
import type { PipelineField, PipelinePart } from "./sources/pipelineSource";

/** Whether a field is there. */
export type FieldState =
  | { readonly state: "given" }
  | { readonly state: "unknown"; readonly why: string }
  | {
      readonly state: "missing";
      /** The parts that lack it; empty where the file has no parts. */
      readonly parts: readonly PipelinePart[];
      /** What stands in its place, such as "TODO"; undefined where nothing does. */
      readonly written: PipelineField | undefined;
    };

const GIVEN: FieldState = { state: "given" };

/** What the file must name: by the first pattern of the policy that fits, as in .gitignore. */
export function requiredFields({ file, policy }: Pick<PipelineContext, "file" | "policy">): readonly string[] {
  const fitting = policy.pipelines.find(({ files }) => ignore.isPathValid(file.path) && ignore().add(files).ignores(file.path));
  return [...new Set((fitting?.require ?? DEFAULT_REQUIRE).map(fieldName))].filter((field) => field !== "");
}

/** Looks for a field in the file, in the products that link it, and for an owner in CODEOWNERS where the format has no place for one. */
export function fieldState(context: PipelineContext, field: string): FieldState {
  const { source, file, facts } = context;
  const ofFile = file.fields.get(field);
  const outer = facts.outer.known ? facts.outer.value : [];
  if ([file, ...outer].some(({ fields }) => isGivenField(field, fields.get(field)))) {
    return GIVEN;
  }
  const lacking = file.parts.filter(({ fields }) => !isGivenField(field, fields.get(field)));
  if (lacking.length === 0 && file.parts.length > 0) {
    return GIVEN;
  }
  if (linkingProducts(context).some(({ product }) => hasFact(product, field))) {
    return GIVEN;
  }
  const written = ofFile ?? lacking.map(({ fields }) => fields.get(field)).find((one) => one !== undefined);
  if (field === "owner" && !source.hasOwnerField && written === undefined) {
    if (!facts.codeowners.known) {
      return { state: "unknown", why: facts.codeowners.why };
    }
    if (facts.codeowners.value.length > 0) {
      return GIVEN;
    }
  }
  if (file.unreadable !== null) {
    return { state: "unknown", why: file.unreadable };
  }
  if (!facts.outer.known) {
    return { state: "unknown", why: facts.outer.why };
  }
  if (!facts.products.known) {
    return { state: "unknown", why: facts.products.why };
  }
  const sure = lacking.filter((part) => part.fields.has(field) || part.unknown(field) === null);
  const [unsure] = lacking;
  if (unsure !== undefined && sure.length === 0) {
    return { state: "unknown", why: `${unsure.unknown(field) ?? ""} (${unsure.what} "${unsure.name.slice(0, 60)}")` };
  }
  return { state: "missing", parts: sure, written };
}

/** Whether the value is an answer. What is known only when the tool runs is taken for one. */
export function isGivenField(field: string, value: PipelineField | undefined): boolean {
  if (value === undefined) {
    return false;
  }
  const { text, isComputed } = value;
  if (isComputed) {
    return true;
  }
  switch (field) {
    case "owner":
      // Several owners stand in one text; one who can be reached is enough.
      return text.split(/[,;]/).some((one) => (one.includes("@") ? isReachable(one.trim()) : !isNobody(one)));
    case "purpose":
      return !isMissingSentence(text, "development");
    default:
      return !isPlaceholder(text);
  }
}

function hasFact(product: Product, field: string): boolean {
  switch (field) {
    case "owner":
      return isHeld(product.roles?.owner);
    case "purpose":
      return !isMissingSentence(product.purpose, "development");
    case "personal_data":
      return product.personal_data !== undefined;
    default: {
      const tags = Object.entries(product.cost?.tags ?? {});
      const value = tags.find(([key]) => fieldName(key) === field)?.[1] ?? ownValue(product, field);
      return value !== undefined && !isPlaceholder(String(value));
    }
  }
}

/** A key at the top of the product's file with one value, such as `risk`. */
function ownValue(product: Product, field: string): string | undefined {
  const value: unknown = Object.hasOwn(product, field) ? product[field as keyof Product] : undefined;
  return typeof value === "string" ? value : undefined;
}
