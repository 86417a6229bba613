/** Where an upstream of this dialect is called. */

/** Models of one page of the list; the API's own default is 20, its limit 1000. */
const LONGEST_PAGE = 1_000;

/** The SDK takes the address without a version; one that ends in it is understood too. */
const versioned = (baseUrl: string): string => `${baseUrl.replace(/\/v1$/, '')}/v1`;

export const chatUrl = (baseUrl: string): string => `${versioned(baseUrl)}/messages`;
export const countUrl = (baseUrl: string): string => `${versioned(baseUrl)}/messages/count_tokens`;
export const modelsUrl = (baseUrl: string): string => `${versioned(baseUrl)}/models?limit=${LONGEST_PAGE}`;
