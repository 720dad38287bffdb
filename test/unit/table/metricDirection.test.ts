import { expect, it } from "vitest";

import { guessMetricDirection } from "../../../src/core/table/metricDirection";

it.each([
  "accuracy",
  "val/auc",
  "roc_auc",
  "f1",
  "F1Score",
  "testAccuracy",
  "r2",
  "precision",
  "recall",
  "neg_mean_squared_error",
  "whatever",
  "lossless_f1",
])("more of %s is better", (key) => {
  expect(guessMetricDirection(key)).toBe("up");
});

it.each(["loss", "val_loss", "trainLoss", "error", "rmse", "eval/RMSE", "mae", "mape", "log_loss", "mean_squared_error"])(
  "less of %s is better",
  (key) => {
    expect(guessMetricDirection(key)).toBe("down");
  },
);
