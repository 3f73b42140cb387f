using System.Text.RegularExpressions;

namespace WorkflowStudio.Components.Shared;

/// <summary>Why a run failed, for people who do not build workflows: without expressions.</summary>
internal static partial class FailureWords
{
    private const string Missing = "unresolved_reference";

    /// <summary>Whether the run failed because data was missing: with the same data it fails again.</summary>
    public static bool IsMissingData(string? code) => code == Missing;

    /// <summary>Why, in words.</summary>
    /// <param name="code">The code of the failure.</param>
    /// <param name="message">Its message, as whoever builds the workflow reads it.</param>
    /// <param name="step">The name of the step; null when no step failed.</param>
    /// <param name="steps">The names of the steps by their ids.</param>
    public static string Of(string? code, string? message, string? step, IReadOnlyDictionary<string, string> steps)
    {
        if (IsMissingData(code) && References().Matches(message ?? "") is { Count: > 0 } found)
        {
            var missing = found.Select(m => Place(m, steps)).Distinct(StringComparer.Ordinal).Take(3).ToList();
            return $"{(step is null ? "A step" : $"“{step}”")} needs data that is not there: {string.Join(", ", missing)}.";
        }

        return Plain(message) is { Length: > 0 } text ? text : step is null ? "The run could not go on." : $"“{step}” could not be done.";
    }

    /// <summary>A message without its sentences that hold expressions: to its reader they mean nothing. Null for none.</summary>
    public static string? Plain(string? message) =>
        message is null ? null : string.Join(" ", Sentences().Split(message).Where(s => !IsCode(s))).Trim();

    private static bool IsCode(string sentence) => sentence.Contains("{{", StringComparison.Ordinal)
        || sentence.Contains("}}", StringComparison.Ordinal) || References().IsMatch(sentence);

    private static string Place(Match reference, IReadOnlyDictionary<string, string> steps)
    {
        var path = reference.Groups["path"].Value.TrimStart('.');
        var step = reference.Groups["step"].Value;
        var what = path.Length > 0 ? $"“{path.Replace('_', ' ')}”" : "everything";
        return reference.Groups["root"].Value switch
        {
            "node" when step.Length > 0 => $"{what} from the step “{steps.GetValueOrDefault(step, step)}”",
            "initialPayload" => $"{what} in the data that started the run",
            "item" => $"{what} of the item",
            var other => path.Length > 0 ? $"“{other}.{path}”" : $"“{other}”",
        };
    }

    [GeneratedRegex(@"\$(?:(?<root>node)\.(?<step>\w+)|(?<root>[A-Za-z]\w*))(?<path>(?:\.\w+|\[\d+\])*)", RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 200)]
    private static partial Regex References();

    [GeneratedRegex(@"(?<=[.!?])\s+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 200)]
    private static partial Regex Sentences();
}
