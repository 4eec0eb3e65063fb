/** Rank and class measures of the model cards. */

/**
 * Area under the ROC curve: the chance that a positive scores above a negative, equal scores counting half (Mann–Whitney U over
 * the number of couples). NaN without either.
 */
export const auc = (scores: readonly number[], positive: (index: number) => boolean): number => {
  const order = scores.map((score, index) => ({ score, index })).sort((x, y) => x.score - y.score);
  let positives = 0;
  let rankSum = 0;
  for (let from = 0; from < order.length; ) {
    let to = from;
    while (to < order.length && order[to]?.score === order[from]?.score) to += 1;
    // Ranks from + 1 to `to` share their mean.
    for (const { index } of order.slice(from, to)) {
      if (!positive(index)) continue;
      positives += 1;
      rankSum += (from + 1 + to) / 2;
    }
    from = to;
  }
  const negatives = scores.length - positives;
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * negatives);
};

export const labelCountOf = 3;

/** Weighted counts [true label][guessed label]. */
export type Confusion = number[][];

/** Counts by true and guessed label; a pair counts for the weight of its true label. */
export const confusion = (labels: readonly number[], guesses: readonly number[], weightOf: readonly number[] = [1, 1, 1]): Confusion => {
  const table: Confusion = [[0, 0, 0], [0, 0, 0], [0, 0, 0]];
  labels.forEach((label, index) => {
    const row = table[label];
    const guess = guesses[index] ?? 0;
    if (row) row[guess] = (row[guess] ?? 0) + (weightOf[label] ?? 1);
  });
  return table;
};

/** F1 of each label: 2·hits / (said + true); 0 where neither occurs. */
export const f1ByLabel = (table: Confusion): number[] =>
  table.map((row, label) => {
    const hits = row[label] ?? 0;
    const truth = row.reduce((sum, count) => sum + count, 0);
    const said = table.reduce((sum, other) => sum + (other[label] ?? 0), 0);
    return truth + said === 0 ? 0 : (2 * hits) / (truth + said);
  });

/** Mean of the F1 of the three labels, each weighing the same; a label that never occurs counts as 0. */
export const macroF1 = (table: Confusion): number => f1ByLabel(table).reduce((sum, value) => sum + value, 0) / labelCountOf;
