/** How Google names the window of a quota: `GenerateRequestsPerDayPerProjectPerModel-FreeTier`. */
export const DAY_QUOTA = /PerDay/i;
export const MINUTE_QUOTA = /PerMinute/i;
