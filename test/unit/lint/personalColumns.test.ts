import { describe, expect, it } from "vitest";
import { personalKind } from "../../../src/core/lint/personalColumns";

describe("personalKind", () => {
  it.each([
    ["email", "an e-mail address"],
    ["customerEMail", "an e-mail address"],
    ["EMAIL_ADDRESS", "an e-mail address"],
    ["email2", "an e-mail address"],
    ["Correo electrónico", "an e-mail address"],
    ["name", "a name"],
    ["first_name", "a name"],
    ["LastName", "a name"],
    ["Nachname", "a name"],
    ["prénom", "a name"],
    ["фамилия", "a name"],
    ["氏名", "a name"],
    ["phone", "a phone number"],
    ["PhoneNumber", "a phone number"],
    ["telefon", "a phone number"],
    ["iban", "a bank account or card"],
    ["customer-iban", "a bank account or card"],
    ["dob", "a date of birth"],
    ["birthDate", "a date of birth"],
    ["Geburtsdatum", "a date of birth"],
    ["data di nascita", "a date of birth"],
    ["ip", "an IP address"],
    ["client_ip", "an IP address"],
    ["IPAddress", "an IP address"],
    ["IPv4", "an IP address"],
    ["home_address", "a postal address"],
    ["ssn", "an identity number"],
    ["icd10", "health data"],
    ["Diagnose", "health data"],
    ["blood_pressure", "health data"],
  ])("takes %s for %s", (column, kind) => {
    expect(personalKind(column)).toBe(kind);
  });

  it.each([
    ...[
      "ip_ratio_shipment",
      "shipment",
      "ship_ratio",
      "tip",
      "zip_ratio",
      "equipment",
      "product_name",
      "file_name",
      "column_name",
      "filename",
    ],
    ...[
      "email_opens_30d",
      "num_emails",
      "email_count",
      "has_phone",
      "phone_model",
      "memory_address",
      "hotel_rate",
      "tenure",
      "plan",
      "age_band",
    ],
    ...[
      "telemetry",
      "nominal",
      "renamed",
      "patience",
      "impatient",
      "birth_rate",
      "dobson",
      "disease_rate",
      "",
      "__proto__",
      "constructor",
      "1",
      "💥",
    ],
  ])("leaves %j alone", (column) => {
    expect(personalKind(column)).toBeUndefined();
  });

  it("is done at once with a very long name", () => {
    expect(personalKind("a_".repeat(1_000_000))).toBeUndefined();
  });
});
