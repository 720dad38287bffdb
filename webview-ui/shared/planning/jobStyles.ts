import { css } from "lit";

/** What only the page of something that was started shows. */
export const jobStyles = css`
  .job {
    max-width: 960px;
  }
  .log {
    max-height: 320px;
    overflow: auto;
  }
  .figures {
    display: flex;
    flex-wrap: wrap;
    gap: 6px 28px;
    margin: 8px 0;
  }
  .figures dt {
    color: var(--mlops-muted);
    font-size: 0.92em;
  }
  .figures dd {
    margin: 0;
    font-variant-numeric: tabular-nums;
  }
  .job .state h2 {
    font-size: 1.15em;
  }
`;
