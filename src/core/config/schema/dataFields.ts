import { choice, list, map, number, object, scalar, text, yesNo } from "./field";
import { READ_FIELDS } from "./readFields";

const DATA_ARTICLE = { article: "AI Act Art. 10", duty: "high-risk-annex-iii" } as const;

const EXPECT_FIELD = object("What must be true of the data before a training may start.", {
  min_rows: number("Fewest rows.", { min: 0, integer: true }),
  max_rows: number("Most rows.", { min: 0, integer: true }),
  columns: map(
    "What each column must hold, by its name.",
    object("What one column must hold.", {
      type: choice("Kind of the values.", {
        number: "Numbers, with or without a fraction.",
        integer: "Whole numbers.",
        text: "Text.",
        boolean: "Yes or no.",
        date: "Days or times.",
      }),
      min: number("Smallest value."),
      max: number("Largest value."),
      max_missing: number("Largest share of rows without a value, from 0 to 1.", { min: 0, max: 1 }),
      in: list("All values that may occur.", scalar("A value that may occur."), { example: "[a, b, c]" }),
    }),
  ),
  unique: list("Columns whose values together never repeat.", text("Name of a column."), { single: true, example: "[id]" }),
  newest: object("How fresh the newest row must be.", {
    column: text("Column that holds the time of a row.", null, { example: "ts" }),
    within: text("Greatest age of the newest row.", "duration", { example: "7 days" }),
  }),
});

/** The data that the model is made and judged with. */
export const DATA_FIELD = list(
  "The data that the model is trained, tested and watched with.",
  object(
    "One set of data.",
    {
      path: text("File or folder that holds the data.", "path", { example: "data/train.parquet" }),
      use: choice("What this data is for.", {
        train: "The model learns from it.",
        validation: "Settings are chosen with it.",
        test: "The finished model is judged with it.",
        reference: "Live data is compared with it.",
        live: "What the model meets at work.",
      }),
      read: object("How the file is read, where that is found out wrongly.", READ_FIELDS),
      version: object(
        "Which state of the data this is, so that a training can be repeated.",
        {
          dvc: yesNo("Whether DVC tracks this data."),
          sha256: text("SHA-256 of the file, in hexadecimal digits."),
          id: text("Name of the version in a registry or store."),
        },
        { short: "id", example: "{dvc: true}" },
      ),
      origin: text("Where the data comes from and from which time.", null, { ...DATA_ARTICLE, article: "AI Act Art. 10(2)(b)" }),
      collected_for: text("The purpose for which the data was collected.", null, {
        article: "GDPR Art. 5(1)(b); AI Act Art. 10(2)(b)",
        duty: "gdpr",
        example: "recruiting",
      }),
      license: text("Licence or right under which the data is used.", null, { example: "internal" }),
      refresh: text("How often the data changes.", null, { example: "monthly" }),
      steps: list("What was done to the data: cleaning, labelling, enriching.", text("One step."), {
        ...DATA_ARTICLE,
        article: "AI Act Art. 10(2)(c)",
        single: true,
      }),
      assumptions: text("What the data is taken to measure.", "sentence", { ...DATA_ARTICLE, article: "AI Act Art. 10(2)(d)" }),
      represents: text("Whom or what the data represents, and whom it leaves out.", "sentence", {
        ...DATA_ARTICLE,
        article: "AI Act Art. 10(3); AI Act Art. 10(4)",
      }),
      bias: object(
        "Which bias was looked for, and what was done about it.",
        {
          checked: text("File that shows how bias was looked for.", "path", { example: "reports/bias.html" }),
          groups: list("Groups of people that were compared.", text("Name of a group or of the column that tells it."), {
            single: true,
            example: "[sex, age_band]",
          }),
          handled: text("What was done about the bias that was found.", null, { example: "reweighted" }),
        },
        { ...DATA_ARTICLE, article: "AI Act Art. 10(2)(f); AI Act Art. 10(2)(g)" },
      ),
      gaps: list("What the data lacks.", text("One gap, or none."), {
        ...DATA_ARTICLE,
        article: "AI Act Art. 10(2)(h)",
        single: true,
        example: "[few applicants over 60]",
      }),
      verified: object(
        "Who confirmed that the data is complete and correct, and when.",
        {
          by: text("E-mail address of the person who checked.", "email"),
          date: text("Day of the check.", "date"),
          report: text("File that shows the result of the check.", "path"),
        },
        DATA_ARTICLE,
      ),
      personal_fields: list(
        "Columns that say something about a person, each with the reason why it is needed.",
        object(
          "One column that says something about a person.",
          {
            name: text("Name of the column."),
            why: text("Why the model needs this column.", null, { article: "GDPR Art. 5(1)(c)", duty: "gdpr" }),
          },
          { short: "name" },
        ),
        { article: "GDPR Art. 5(1)(c)", duty: "gdpr" },
      ),
      not_personal: list(
        "Columns whose names look personal and that say nothing about a person, each with the reason.",
        object("One column that only looks personal.", {
          name: text("Name of the column."),
          why: text("Why this column says nothing about a person.", "sentence", { article: "GDPR Art. 4(1)", duty: "gdpr" }),
        }),
        { article: "GDPR Art. 4(1)", duty: "gdpr" },
      ),
      bias_use_of_special_data: object(
        "The six conditions under which sensitive data may be used to find and correct bias.",
        {
          why_necessary: text("Why other data, also synthetic or anonymous data, does not do.", "sentence"),
          limits: text("Which technical limits there are on using the data again.", "sentence"),
          security: text("How the data is protected, and who may see it.", "sentence"),
          not_passed_on: yesNo("Whether nobody else gets the data."),
          deleted_when: text("When the data is deleted.", null, { example: "once the bias is corrected" }),
          recorded: text("Where the record of processing says why this data was needed.", "path"),
        },
        { article: "AI Act Art. 4a; GDPR Art. 30", duty: "bias-special-data" },
      ),
      expect: EXPECT_FIELD,
      contract: text("A data contract (Open Data Contract Standard) that says what the data must look like.", "path", {
        example: "contracts/churn.odcs.yaml",
      }),
    },
    { short: "path", example: "{path: data/train.parquet, use: train}" },
  ),
  { single: true },
);
