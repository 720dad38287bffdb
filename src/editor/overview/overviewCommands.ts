export const OPEN_OVERVIEW = "mlops.overview.open";
