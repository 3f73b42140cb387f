using System.Text.Json;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Invoices;

namespace WorkflowStudio.Engine.Nodes.Practice;

/// <summary>Sums up what was paid.</summary>
[Step("payments_summary", "Payments summary", NodeGroup.Practice, "summarize",
    Does = "Sums up the payments of a period by currency and way to pay. Payments that were only acted out, for which no money moved, are "
        + "told apart. An e-mail or a notification behind it brings the summary.",
    Example = """{"date_range":"last_7_days"}""")]
public sealed class PaymentsNode(IMoneyFigures figures) : NodeType<PaymentsSettings, PaymentsOutput>
{
    /// <inheritdoc/>
    public override IEnumerable<SettingProblem> Check(JsonElement config) => PeriodSetting.Check(config);

    /// <inheritdoc/>
    public override async ValueTask<NodeOutcome> ExecuteAsync(
        PaymentsSettings settings, NodeInput input, CancellationToken cancellationToken)
    {
        if (PeriodSetting.Read(settings.DateRange, out var range) is { } wrong) return SettingsFailure.Of(wrong);
        var output = PaymentsOutput.Of(await figures.PaymentsAsync(input.Run.Tenant, range, cancellationToken));
        input.Log(NodeLogLevel.Info, output.Count switch
        {
            0 => "No payments.",
            1 => "1 payment.",
            var count => $"{count} payments.",
        });
        return Complete(output);
    }
}

/// <summary>The settings of <see cref="PaymentsNode"/>.</summary>
public sealed record PaymentsSettings
{
    /// <summary>The period.</summary>
    [Setting("Period", Description = PeriodSetting.Hint + " Empty: this_month.")]
    public JsonElement DateRange { get; init; }
}

/// <summary>The output of <see cref="PaymentsNode"/>.</summary>
public sealed record PaymentsOutput
{
    [Setting("Period")]
    public required PeriodFacts Period { get; init; }

    [Setting("Count", Description = "How many payments, those that were acted out among them.")]
    public required int Count { get; init; }

    [Setting("Payments", Description = "By currency and way to pay, those for which money moved first.")]
    public required IReadOnlyList<PaymentFacts> Payments { get; init; }

    [Setting("And more", Description = "Whether there are more than 100,000 payments; the newest are added up.")]
    public required bool AndMore { get; init; }

    [Setting("Summary", Description = "For people, in a few lines.")]
    public required string Summary { get; init; }

    internal static PaymentsOutput Of(PaymentFigures found) => new()
    {
        Period = PeriodFacts.Of(found.Period),
        Count = found.Sums.Sum(s => s.Count),
        Payments =
        [
            .. found.Sums.Select(s => new PaymentFacts
            {
                Currency = s.Currency, Method = s.Method, Simulated = s.Simulated, Count = s.Count,
                Total = Money.Text(s.Cents, s.Currency), TotalCents = s.Cents,
            }),
        ],
        AndMore = found.AndMore,
        Summary = Words(found),
    };

    private static string Words(PaymentFigures found)
    {
        var lines = new List<string> { $"Payments, {found.Period.Words}" };
        if (found.Sums.Count == 0) lines.Add("Nothing was paid.");
        foreach (var kind in found.Sums.GroupBy(s => s.Simulated).OrderBy(g => g.Key))
        {
            lines.AddRange(["", kind.Key ? "Acted out, no money moved:" : "Paid:"]);
            foreach (var currency in kind.GroupBy(s => s.Currency).OrderBy(g => g.Key, StringComparer.Ordinal))
            {
                lines.Add(
                    $"{currency.Key.ToUpperInvariant()}: {Money.Text(currency.Sum(s => s.Cents), currency.Key)} in "
                    + InPayments(currency.Sum(s => s.Count)));
                lines.AddRange(currency.Select(s => $"- {Way(s.Method)}: {Money.Text(s.Cents, s.Currency)} in {InPayments(s.Count)}"));
            }
        }

        if (found.AndMore) lines.AddRange(["", $"Only the newest {IMoneyFigures.MostSummed:N0} payments are added up."]);
        return string.Join('\n', lines);
    }

    private static string InPayments(int count) => count == 1 ? "1 payment" : $"{count} payments";

    private static string Way(string method) => method == "recorded" ? "noted by hand" : method;
}

/// <summary>Payments of one kind.</summary>
public sealed record PaymentFacts
{
    [Setting("Currency", Description = "Three letters in lower case.")]
    public required string Currency { get; init; }

    [Setting("Paid with", Description = "The way to pay; recorded when the practice noted it by hand.")]
    public required string Method { get; init; }

    [Setting("Acted out", Description = "Whether no money moved.")]
    public required bool Simulated { get; init; }

    [Setting("Count")]
    public required int Count { get; init; }

    [Setting("Total", Description = "As people read it: $180.00.")]
    public required string Total { get; init; }

    [Setting("Total in cents")]
    public required long TotalCents { get; init; }
}
