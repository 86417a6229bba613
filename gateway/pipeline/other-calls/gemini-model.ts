/** Bodies of Gemini's embeddings name the model as the resource it is. */
export const asUpstreamModel = (model: string): string =>
  model.startsWith('models/') || model.startsWith('tunedModels/') ? model : `models/${model}`;
