using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using WorkflowStudio.Engine.Expressions;

namespace WorkflowStudio.Bench;

/// <summary>Measures how fast expressions are evaluated, on one core, and what each evaluation allocates.</summary>
internal static class ExpressionRun
{
    private const int Batch = 10_000;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(1.5);

    private static readonly string[] Templates =
    [
        "{{ $initialPayload.first_name }}",
        "{{ $node.intake.client.address.city }}",
        "{{ $initialPayload.lines[1].price }}",
        "{{ $initialPayload.nobody ?? \"there\" }}",
        "{{ $initialPayload.amount * 1.0825 | round(2) }}",
        "{{ $initialPayload.amount > 100 and $initialPayload.first_name == \"Maria\" }}",
        "Dear {{ $initialPayload.first_name }}, your total is {{ money($initialPayload.amount) }}.",
        "{{ sum($initialPayload.lines, l => l.price * l.count) }}",
        "{{ add_business_days(\"2026-06-10\", 3) | format_date(\"long\") }}",
    ];

    /// <summary>Prints a row for each expression.</summary>
    public static int Run()
    {
        var scope = new BenchScope();
        Console.WriteLine("| expression | evaluations a second | bytes allocated by one |\n|---|---|---|");
        foreach (var text in Templates)
        {
            var template = Template.Parse(text);
            if (!template.TryEvaluate(scope, out _, out var problem))
            {
                Console.Error.WriteLine($"{text}: {problem!.Message}");
                return 1;
            }
            Measure(template, scope, WarmUp);
            var before = GC.GetAllocatedBytesForCurrentThread();
            var (count, seconds) = Measure(template, scope, Measured);
            var bytes = (GC.GetAllocatedBytesForCurrentThread() - before) / (double)count;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| `{text.Replace("|", "\\|", StringComparison.Ordinal)}` | {count / seconds:N0} | {bytes:N0} |"));
        }
        return CheckRun.Run();
    }

    private static (long Count, double Seconds) Measure(Template template, IScope scope, TimeSpan time)
    {
        var (count, watch) = (0L, Stopwatch.StartNew());
        while (watch.Elapsed < time)
        {
            for (var i = 0; i < Batch; i++) template.TryEvaluate(scope, out _, out _);
            count += Batch;
        }
        return (count, watch.Elapsed.TotalSeconds);
    }

    private sealed class BenchScope : IScope
    {
        private static readonly JsonElement Intake = JsonElement.Parse("""{"summary":"A rash on both arms","urgency":"soon","client":{"name":"Maria","address":{"street":"1 Main St","city":"Houston"}}}""");

        public JsonElement Payload { get; } = JsonElement.Parse("""{"form":"contact","first_name":"Maria","last_name":"Lopez","email":"maria@example.com","amount":180.5,"lines":[{"price":20,"count":2},{"price":140.5,"count":1}]}""");

        public IEnumerable<JsonElement> OutputsNewestFirst { get; } = [Intake];

        public bool TryOutput(string nodeId, out JsonElement output)
        {
            output = nodeId == "intake" ? Intake : default;
            return output.ValueKind != JsonValueKind.Undefined;
        }

        public bool TryAmbient(string name, out JsonElement value)
        {
            value = default;
            return false;
        }
    }
}
