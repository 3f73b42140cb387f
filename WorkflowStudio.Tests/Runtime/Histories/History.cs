using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Engine.Runtime.Plans;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Runtime.Histories;

/// <summary>The journal of a run as it lies in databases, and what followed from each entry: one file, one line an entry.</summary>
internal static class History
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Folder { get; } = Path.Combine(Repository.Root, "WorkflowStudio.Tests", "Runtime", "Histories");

    public static string FileOf(string name, RunFlags flags) =>
        Path.Combine(Folder, string.Create(CultureInfo.InvariantCulture, $"{name}.{(int)flags}.json"));

    /// <summary>The lines of a file: the definition, then each entry with what followed from it.</summary>
    public static string Write(WorkflowDefinition definition, IReadOnlyList<JournalEntry> entries)
    {
        var plan = RunPlan.Of(definition, new NodeCatalog(HistoryCase.Types()));
        var state = RunState.Before(plan.Steps.Count);
        var text = new StringBuilder("{\"definition\":").Append(Encoding.UTF8.GetString(WorkflowJson.Write(definition)))
            .Append(",\n\"entries\":[");
        foreach (var entry in entries)
        {
            var decision = RunDecider.Decide(plan, state, entry);
            state = decision.State;
            var line = new JsonObject
            {
                ["seq"] = entry.Seq,
                ["at"] = entry.At.ToUnixTimeMilliseconds(),
                ["kind"] = (int)entry.Event.Kind,
                ["node"] = entry.Event.NodeId,
                ["iteration"] = entry.Event.Iteration,
                ["attempt"] = entry.Event.Attempt,
                ["payload"] = RunEventCodec.Write(entry.Event) is { } payload ? JsonNode.Parse(payload) : null,
                ["then"] = Words(decision.Commands),
                ["taken_up"] = Words(RunDecider.Resume(plan, state)),
                ["is"] = Describe(plan, state),
            };
            text.Append(entry.Seq == 1 ? "\n" : ",\n").Append(line.ToJsonString(Plain));
        }

        return text.Append("\n]}\n").ToString();
    }

    /// <summary>How the run stands after all entries, in words.</summary>
    public static string End(WorkflowDefinition definition, IReadOnlyList<JournalEntry> entries)
    {
        var plan = RunPlan.Of(definition, new NodeCatalog(HistoryCase.Types()));
        return Describe(plan, RunFold.Replay(plan, entries));
    }

    /// <summary>A file's definition and its entries, read from what is stored.</summary>
    public static (WorkflowDefinition Definition, IReadOnlyList<JournalEntry> Entries) Read(string text)
    {
        var file = JsonElement.Parse(text);
        Assert.True(WorkflowJson.TryRead(file.GetProperty("definition"), out var definition, out var problems),
            string.Join(" ", problems.Select(p => p.Message)));
        return (definition, [.. file.GetProperty("entries").EnumerateArray().Select(Entry)]);
    }

    private static JournalEntry Entry(JsonElement line)
    {
        var payload = line.GetProperty("payload");
        var stored = payload.ValueKind == JsonValueKind.Null ? null : Encoding.UTF8.GetBytes(payload.GetRawText());
        var e = RunEventCodec.Read((RunEventKind)line.GetProperty("kind").GetInt32(), Text(line, "node"), Text(line, "iteration"),
            line.GetProperty("attempt").GetInt32(), stored);
        return new JournalEntry(
            line.GetProperty("seq").GetInt64(), DateTimeOffset.FromUnixTimeMilliseconds(line.GetProperty("at").GetInt64()), e);
    }

    private static string? Text(JsonElement line, string name) => line.GetProperty(name).GetString();

    private static JsonArray Words(IReadOnlyList<RunCommand> commands) => [.. commands.Select(c => JsonValue.Create(Word(c)))];

    private static string Word(RunCommand command) => command switch
    {
        RunCommand.ExecuteStep e => string.Create(CultureInfo.InvariantCulture, $"execute {Place(e.Place)}, try {e.Attempt}"),
        RunCommand.SkipStep s => "skip " + Place(s.Place),
        RunCommand.PassStep p => "pass " + Place(p.Place),
        RunCommand.BeginRound r => "begin a round at " + Place(r.Place),
        RunCommand.EndIteration i => $"end iteration {i.Path} of {i.Loop.Node.Id}{Failure(i.Failure)}",
        RunCommand.EndLoop l => "end the loop of " + Place(l.Place),
        RunCommand.Finish f => $"finish{Failure(f.Failure)}{(f.Early is null ? "" : " early: " + f.Early)}{Value(f.Output)}",
        _ => throw new InvalidOperationException($"No words for {command}."),
    };

    private static string Place(StepPlace place) => place.Iteration is null ? place.Id : $"{place.Id} [{place.Iteration}]";

    private static string Failure(RunFailure? failure) => failure is null ? "" : $" with {failure.Code}: {failure.Message}";

    private static string Value(JsonElement value) => value.ValueKind == JsonValueKind.Undefined ? "" : " " + value.GetRawText();

    private static string Describe(RunPlan plan, RunState state)
    {
        var steps = RunSteps.Of(plan, state).Where(s => s.State.Status != StepStatus.NotStarted).OrderBy(s => s.Place.Step.Index)
            .ThenBy(s => s.Place.Iteration, StringComparer.Ordinal)
            .Select(s => $"{Place(s.Place)} {s.State.Status}{(s.State.Round > 0 ? $" round {s.State.Round}" : "")}{Value(s.State.Output)}");
        var more = new[]
        {
            state.Messages > 0 ? $"{state.Messages} messages" : "", state.LogLines > 0 ? $"{state.LogLines} lines" : "",
            state.NextWake is { } wake ? $"wakes at {wake.ToUnixTimeMilliseconds()}" : "", Value(state.Output).Trim(),
        };
        return string.Join("; ", [state.Status.ToString(), .. more.Where(m => m.Length > 0), .. steps]);
    }
}
