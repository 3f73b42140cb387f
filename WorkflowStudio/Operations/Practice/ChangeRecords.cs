using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Tables;
using WorkflowStudio.Engine.Runtime.Answers;

namespace WorkflowStudio.Operations.Practice;

/// <summary>Changes the tables of practice data, one record at a time or by a file.</summary>
public sealed class ChangeRecords
{
    /// <summary>What the caller needs.</summary>
    public const Permission Needs = Permission.ManageData;

    // what is written at once lets nobody else write: about a tenth of a second
    private const int Slice = 40;

    /// <summary>Adds one.</summary>
    public async Task<Result<PracticeRecord>> AddAsync(
        Caller caller, PracticeTable table, IReadOnlyDictionary<string, object?> values, Func<PracticeRecord, KeptAnswer?>? answer,
        CancellationToken cancellationToken)
    {
        if (caller.Refuse(Needs) is { } refused) return refused;
        return Told(table, await table.AddAsync(caller.Tenant, values, answer, cancellationToken));
    }

    /// <summary>Changes one: what is not named stays.</summary>
    public Task<Result<PracticeRecord>> ChangeAsync(
        Caller caller, PracticeTable table, Guid id, IReadOnlyDictionary<string, object?> values, CancellationToken cancellationToken) =>
        ChangeAsync(caller, table, id, values, null, cancellationToken);

    /// <summary>The same, unless it has changed since the revision that the caller has seen.</summary>
    public async Task<Result<PracticeRecord>> ChangeAsync(
        Caller caller, PracticeTable table, Guid id, IReadOnlyDictionary<string, object?> values, int? seen,
        CancellationToken cancellationToken)
    {
        if (caller.Refuse(Needs) is { } refused) return refused;
        return Told(table, await table.ChangeAsync(caller.Tenant, id, values, seen, cancellationToken));
    }

    /// <summary>Removes one, unless something needs it.</summary>
    public async Task<Result<PracticeRecord>> RemoveAsync(
        Caller caller, PracticeTable table, Guid id, CancellationToken cancellationToken)
    {
        if (caller.Refuse(Needs) is { } refused) return refused;
        return Told(table, await table.RemoveAsync(caller.Tenant, id, cancellationToken));
    }

    /// <summary>
    /// Takes in a CSV file, or says only what would become of it. A line with the id or the key of a record changes it, any other adds one;
    /// a line that cannot be taken is told with its number, and the others are taken.
    /// </summary>
    public async Task<Result<ImportReport>> ImportAsync(
        Caller caller, PracticeTable table, string text, bool isPreview, CancellationToken cancellationToken)
    {
        if (caller.Refuse(Needs) is { } refused) return refused;
        if (RecordFile.Read(table, text, out var lines) is { } wrong) return Wrong([wrong with { Field = "file" }]);
        var report = new ImportReport();
        foreach (var slice in lines.Chunk(isPreview ? RecordFile.MostLines : Slice))
        {
            foreach (var line in slice.Where(l => l.Problems.Count > 0))
                report.Add(new LineOutcome(line.Number, LineResult.Refused, "", line.Problems));
            var good = slice.Where(l => l.Problems.Count == 0).ToList();
            foreach (var outcome in await table.TakeAsync(caller.Tenant, good, isPreview, cancellationToken)) report.Add(outcome);
        }

        return report;
    }

    /// <summary>Why values cannot be taken, as a refusal.</summary>
    internal static OperationProblem.Invalid Wrong(IReadOnlyList<FieldProblem> problems) => new(
        problems[0].Message,
        [.. problems.Select(p => WorkflowProblem.Error(WorkflowProblemCodes.WrongField, p.Field, null, p.Message))]);

    private static Result<PracticeRecord> Told(PracticeTable table, RecordOutcome outcome) => outcome switch
    {
        RecordOutcome.Done done => done.Record,
        RecordOutcome.Wrong { Problems: [{ Conflict: { } code } against, ..] } => new OperationProblem.Conflict(code, against.Message),
        RecordOutcome.Wrong wrong => Wrong(wrong.Problems),
        RecordOutcome.Used used => new OperationProblem.Conflict("in_use", used.Why),
        _ => new OperationProblem.NotFound(table.One),
    };
}

/// <summary>What became of the lines of a file, or would.</summary>
public sealed class ImportReport
{
    /// <summary>The most lines that are told one by one.</summary>
    public const int MostTold = 200;

    private readonly int[] counts = new int[Enum.GetValues<LineResult>().Length];
    private readonly List<LineOutcome> refused = [];
    private readonly List<LineOutcome> taken = [];

    /// <summary>The first lines, those that are refused before the others.</summary>
    public IReadOnlyList<LineOutcome> Lines => [.. refused, .. taken.Take(MostTold - refused.Count)];

    /// <summary>How many lines there are.</summary>
    public int Total => counts.Sum();

    /// <summary>How many lines came to a result.</summary>
    public int Count(LineResult result) => counts[(int)result];

    internal void Add(LineOutcome outcome)
    {
        counts[(int)outcome.Result]++;
        var list = outcome.Result == LineResult.Refused ? refused : taken;
        if (list.Count < MostTold) list.Add(outcome);
    }
}
