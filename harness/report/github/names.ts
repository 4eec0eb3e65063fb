/** Files that hold what GitHub shows of a run: the summary of a step, its annotations, a comment on a pull request. */
export const githubNames = { summary: 'github-summary.md', annotations: 'github-annotations.txt', pullRequest: 'github-pull-request.md' } as const;
