import type { MetricDirection } from "../../protocol/runsTable";

// Whole words between separators, so that "lossless_f1" is judged by f1 and "evaluation" is no "val".
const DOWN =
  /(^|[^a-z])(loss|losses|error|errors|err|rmse|rmsle|mse|msle|mae|mape|smape|wape|mase|deviance|perplexity|ppl|brier|logloss|cross_?entropy|divergence|kl|hinge|fpr|fnr|wer|cer|fid|latency|duration|regret|aic|bic)([^a-z]|$)/;
const UP =
  /(^|[^a-z])(acc|accuracy|auc|auroc|auprc|roc_auc|f\d*|f_?beta|f1_?score|r2|precision|recall|score|ap|map|ndcg|mrr|iou|miou|dice|bleu|rouge\w*|kappa|mcc|gini|ks|specificity|sensitivity|tpr|tnr|reward|likelihood|throughput|psnr|ssim|hits?|correlation|pearson|spearman)([^a-z]|$)/;

/**
 * Guesses from a metric's name whether more is better, e.g. `val/RMSE` → down, `testAccuracy` → up. The user can correct it;
 * a name that says nothing counts as "up".
 */
export function guessMetricDirection(key: string): MetricDirection {
  const words = key
    .slice(0, 200)
    .replace(/([a-z])([A-Z])/g, "$1_$2")
    .toLowerCase();
  if (/(^|[^a-z])neg(ative)?[^a-z]/.test(words)) {
    // scikit-learn turns errors round: neg_mean_squared_error grows as the model gets better.
    return "up";
  }
  return DOWN.test(words) && !UP.test(words.replace(/score/g, "")) ? "down" : "up";
}
