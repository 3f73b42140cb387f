using System.Text.Json;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes.Words;
using WorkflowStudio.Engine.Practice.Forms;

namespace WorkflowStudio.Engine.Nodes.Practice;

/// <summary>Sums up what was sent by forms.</summary>
[Step("forms_submission_digest", "Forms digest", NodeGroup.Practice, "summarize",
    Does = "Counts what was sent by forms in a period: what came by the forms of the studio, each by its name, and, of forms elsewhere, "
        + "the runs that they started: those of workflows that start by the event form.submitted, and, told apart, those that a post to "
        + "the webhook of a workflow started, for a website's form posts there as other systems do. Nothing is counted twice: a run that "
        + "a form of the studio started counts with its form alone. What came from elsewhere counts with each workflow that listens, and "
        + "not at all where none does. Left out are workflows that not everybody in the workspace sees, test runs, retries, and runs that "
        + "are deleted by now. An e-mail or a notification behind it brings the summary.",
    Example = """{"date_range":"yesterday"}""")]
public sealed class FormsDigestNode(IFormFigures figures) : NodeType<FormsDigestSettings, FormsDigestOutput>
{
    /// <inheritdoc/>
    public override IEnumerable<SettingProblem> Check(JsonElement config) => PeriodSetting.Check(config);

    /// <inheritdoc/>
    public override async ValueTask<NodeOutcome> ExecuteAsync(
        FormsDigestSettings settings, NodeInput input, CancellationToken cancellationToken)
    {
        if (PeriodSetting.Read(settings.DateRange, out var range) is { } wrong) return SettingsFailure.Of(wrong);
        var output = FormsDigestOutput.Of(await figures.CountAsync(input.Run.Tenant, range, cancellationToken));
        input.Log(NodeLogLevel.Info, $"{output.Forms} by forms, {output.Posts} by posts to webhooks");
        return Complete(output);
    }
}

/// <summary>The settings of <see cref="FormsDigestNode"/>.</summary>
public sealed record FormsDigestSettings
{
    /// <summary>The period.</summary>
    [Setting("Period", Description = PeriodSetting.Hint + " Empty: this_month.")]
    public JsonElement DateRange { get; init; }
}

/// <summary>The output of <see cref="FormsDigestNode"/>.</summary>
public sealed record FormsDigestOutput
{
    private const int MostListed = 200;
    private const int MostTold = 20;

    [Setting("Period")]
    public required PeriodFacts Period { get; init; }

    [Setting("By forms",
        Description = "How often forms were sent: those of the studio, and those elsewhere whose form.submitted started a run.")]
    public required int Forms { get; init; }

    [Setting("By posts", Description = "How many runs a post to a webhook started.")]
    public required int Posts { get; init; }

    [Setting("Forms of the studio", Description = "The first 200, those with the most first.")]
    public required IReadOnlyList<StudioFormFacts> StudioForms { get; init; }

    [Setting("Workflows", Description = "Those that forms elsewhere and posts have started: the first 200, those with the most first.")]
    public required IReadOnlyList<FormFacts> Workflows { get; init; }

    [Setting("And more", Description = "Whether there are more than 100,000; the newest are counted.")]
    public required bool AndMore { get; init; }

    [Setting("Summary", Description = "For people, in a few lines.")]
    public required string Summary { get; init; }

    internal static FormsDigestOutput Of(FormFigures found) => new()
    {
        Period = PeriodFacts.Of(found.Period),
        Forms = All(found).Where(w => w.IsForm).Sum(w => w.Count),
        Posts = found.Workflows.Where(w => !w.IsForm).Sum(w => w.Count),
        StudioForms = [.. found.Forms.Take(MostListed).Select(StudioFormFacts.Of)],
        Workflows = [.. found.Workflows.Take(MostListed).Select(FormFacts.Of)],
        AndMore = found.AndMore,
        Summary = Words(found),
    };

    private static IEnumerable<FormCount> All(FormFigures found) => found.Forms.Concat(found.Workflows);

    private static string Words(FormFigures found)
    {
        var lines = new List<string> { $"Forms, {found.Period.Words}" };
        if (!All(found).Any()) lines.Add("Nothing was sent.");
        foreach (var kind in All(found).GroupBy(w => w.IsForm).OrderByDescending(g => g.Key))
        {
            lines.AddRange(["", $"{(kind.Key ? "Sent by forms" : "Posted to webhooks")}: {kind.Sum(w => w.Count)}"]);
            lines.AddRange(kind.Take(MostTold).Select(w => $"- {w.Name}: {w.Count}, last on {w.Last.InShort()}"));
            if (kind.Skip(MostTold).Sum(w => w.Count) is > 0 and var rest) lines.Add($"- others: {rest}");
        }

        if (found.AndMore) lines.AddRange(["", $"Only the newest {IFormFigures.MostCounted:N0} are counted."]);
        return string.Join('\n', lines);
    }
}

/// <summary>What was sent to a workflow.</summary>
public sealed record FormFacts
{
    [Setting("Workflow", Description = "Its id.")]
    public required string WorkflowId { get; init; }

    [Setting("Name", Description = "That of the workflow.")]
    public required string Name { get; init; }

    [Setting("Sent by", Description = "form, or webhook for what was posted to the webhook of the workflow.",
        Choices = ["form", "webhook"])]
    public required string By { get; init; }

    [Setting("Count")]
    public required int Count { get; init; }

    [Setting("First", Description = "The first time in the period.")]
    public required DateTimeOffset FirstAt { get; init; }

    [Setting("Last", Description = "The last time in the period.")]
    public required DateTimeOffset LastAt { get; init; }

    internal static FormFacts Of(FormCount count) => new()
    {
        WorkflowId = ShownId.Workflow(count.WorkflowId!.Value), Name = count.Name, By = count.IsForm ? "form" : "webhook",
        Count = count.Count, FirstAt = count.First, LastAt = count.Last,
    };
}

/// <summary>What was sent by a form of the studio.</summary>
public sealed record StudioFormFacts
{
    [Setting("Form", Description = "Its id.")]
    public required string FormId { get; init; }

    [Setting("Name", Description = "That of the form.")]
    public required string Name { get; init; }

    [Setting("Count")]
    public required int Count { get; init; }

    [Setting("First", Description = "The first time in the period.")]
    public required DateTimeOffset FirstAt { get; init; }

    [Setting("Last", Description = "The last time in the period.")]
    public required DateTimeOffset LastAt { get; init; }

    internal static StudioFormFacts Of(FormCount count) => new()
    {
        FormId = count.FormId!.Value.ToString(), Name = count.Name, Count = count.Count, FirstAt = count.First, LastAt = count.Last,
    };
}
