/** One page of a list. `nextPageToken` is null on the last page. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly nextPageToken: string | null;
}

export interface PageRequest {
  readonly pageSize: number;
  readonly pageToken?: string;
}
