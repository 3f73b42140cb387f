using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Nodes.Flow;

namespace WorkflowStudio.Bench;

/// <summary>Measures how long it takes to check a workflow as large as one may be: 500 steps, 2,000 links, 2,500 references.</summary>
internal static class CheckRun
{
    private const int Steps = 500;
    private const int Checks = 201;

    private static readonly WorkflowValidator Validator = new(new NodeCatalog([new SetNode()]));

    /// <summary>Prints the times of checks of what was never seen, and of those after an edit of a single step.</summary>
    public static int Run()
    {
        var known = Definition(0);
        Validator.Validate(known);
        var fresh = Times(Definition);
        var edited = Times(i => known with { Nodes = [.. known.Nodes.Select((n, at) => at == i ? Step(at, i + 1) : n)] });
        Console.WriteLine($"\nChecking 500 steps with 2,000 links and 2,500 references, {Checks} times:\n- what was never seen: "
            + $"{Words(fresh)}\n- after an edit of one step: {Words(edited)}");
        return 0;
    }

    private static string Words(List<double> times) =>
        string.Create(
            CultureInfo.InvariantCulture, $"median {times.Order().ElementAt(times.Count / 2):N1} ms, fastest {times.Min():N1} ms");

    private static List<double> Times(Func<int, WorkflowDefinition> next)
    {
        var times = new List<double>();
        for (var i = 0; i < Checks; i++)
        {
            var definition = next(i);
            var watch = Stopwatch.StartNew();
            Validator.Validate(definition);
            times.Add(watch.Elapsed.TotalMilliseconds);
        }

        return times;
    }

    // four links to the steps before and five references in each step
    private static WorkflowDefinition Definition(int salt) => WorkflowDefinition.Empty with
    {
        Nodes = [.. Enumerable.Range(0, Steps).Select(i => Step(i, salt))],
        Links = [.. Enumerable.Range(1, Steps - 1).SelectMany(i => Before(i)
            .Select(back => new LinkConnection($"s{i - back}", null, $"s{i}"))), new LinkConnection("trigger", null, "s0")],
    };

    private static WorkflowNode Step(int i, int salt) => new()
    {
        Id = $"s{i}", Type = "set",
        Config = JsonSerializer.SerializeToElement(new
        {
            values = new
            {
                n = i + salt,
                x = string.Concat(Before(i).Select(back => $"{{{{ $node.s{i - back}.n + {salt} }}}} ")) + "{{ first_name }}",
            },
        }),
    };

    private static IEnumerable<int> Before(int i) => Enumerable.Range(1, 4).Where(back => i >= back);
}
