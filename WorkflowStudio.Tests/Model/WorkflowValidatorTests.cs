using System.Reflection;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using WorkflowStudio.Engine.Expressions;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Tests.Support;
using static WorkflowStudio.Tests.Model.Definitions;

namespace WorkflowStudio.Tests.Model;

public sealed class WorkflowValidatorTests
{
    private const string Types = "ai_agent_intake, appointment_booking, condition, end, google_reviews_sms, invoice_reminder_loop, "
        + "reminder, set, stripe_invoice_generation, wait";
    private const string Operators = "var missing missing_some if ?: and or ! !! == != === !== < <= > >= + * - / % max min map filter "
        + "reduce all some none merge in cat substr log";
    private static readonly string Long101 = new('x', 101);

    private static readonly Dictionary<string, (WorkflowDefinition Definition, string[] Problems)> Wrong = new()
    {
        ["no steps"] =
            (WorkflowDefinition.Empty, ["warning no_steps nodes [] The workflow has no steps yet, so a run would do nothing. Add a step."]),
        ["no id"] = (Of("", Step("")), ["missing_node_id nodes[0].id [] The step has no id. Give it one of letters, digits, _ and -.",
            "warning unreachable_node nodes[0] [] No path leads from the start to the step , so it never runs. Link it, or remove it."]),
        ["bad id"] = (Of("trigger>a.b", Step("a.b")),
            ["invalid_node_id nodes[0].id [a.b] The id a.b holds characters other than letters, digits, _ and -."]),
        ["long id"] = (Of($"trigger>{Long101}", Step(Long101)),
            [$"invalid_node_id nodes[0].id [{Long101}] The id {Long101[..60]}… has 101 characters, at most 100 are possible."]),
        ["dollar id"] = (Of("trigger>$run", Step("$run")), ["reserved_node_id nodes[0].id [$run] The id $run is reserved: \"trigger\" is "
            + "the start, and names that begin with $ belong to expressions. Choose another."]),
        ["trigger as id"] = (Of("trigger>a", Step("a"), Step("trigger")), ["reserved_node_id "
            + "nodes[1].id [trigger] The id trigger is reserved: \"trigger\" is the start, and names that begin with $ belong to "
            + "expressions. Choose another.", "warning unreachable_node nodes[1] [trigger] No path leads from the start to the step "
                + "trigger, so it never runs. Link it, or remove it."]),
        ["id twice"] = (Of("trigger>a", Step("a"), Step("a")),
            ["duplicate_node_id nodes[1].id [a] The id a is taken by nodes[0]. Give each step its own id."]),
        ["no type"] = (Of("trigger>a", Step("a", "")), [$"missing_node_type nodes[0].type [a] The step a has no type. Known: {Types}."]),
        ["unknown type"] = (Of("trigger>a", Step("a", "condtion")),
            [$"unknown_node_type nodes[0].type [a] There is no step type condtion. Known: {Types}. Did you mean condition?"]),
        ["no trigger type"] = (Of("trigger>a", Step("a")) with { Trigger = new() { Type = "" } },
            ["missing_trigger_type trigger.type [] The trigger has no type. Known: event, manual, schedule, webhook."]),
        ["unknown trigger type"] = (Of("trigger>a", Step("a")) with { Trigger = new() { Type = "webhok" } }, ["unknown_trigger_type "
            + "trigger.type [] There is no trigger type webhok. Known: event, manual, schedule, webhook. Did you mean webhook?"]),
        ["constraints"] = (
            Triggered(new() { Type = "webhook", Constraints = JsonElement.Parse("""{"and":[true,{"equal":[{"var":"data.x"},1]}]}""") }),
            ["wrong_constraints trigger.constraints.and[1].equal [] There is no operator \"equal\". Did you mean "
                + $"\"==\"? Known: {Operators}."]),
        ["constraints with an operator too short"] = (
            Triggered(new() { Type = "manual", Constraints = JsonElement.Parse("""{"==":{"var":"data.x"}}""") }),
            ["wrong_constraints trigger.constraints[\"==\"] [] The operator \"==\" has 1, but it takes 2 arguments, written as a "
                + "list: {\"==\": [ … ]}."]),
        ["constraints of a schedule"] = (Triggered(new()
        {
            Type = "schedule",
            Config = JsonElement.Parse("""{"cron":"0 9 * * *"}"""),
            Constraints = JsonElement.Parse("""{"<=":[{"var":"data.occurrence.day"},7]}"""),
        }), []),
        ["no event"] = (Triggered(new() { Type = "event" }), ["missing_event trigger.event [] The trigger does not say which event starts "
            + "the workflow. Name one, for example contact-created."]),
        ["any event"] = (Triggered(new() { Type = "event", Event = "*" }), ["wrong_event trigger.event [] The name of an event is made of "
            + "letters, digits and . _ - : /, and * does not stand for others. Name one event, for example contact-created."]),
        ["event that is too long"] = (Triggered(new() { Type = "event", Event = new string('e', 121) }),
            ["name_too_long trigger.event [] The name of the event has 121 characters, at most 120 are possible."]),
        ["trigger settings"] = (Of("trigger>a", Step("a")) with
        {
            Trigger = new() { Type = "webhook", Config = JsonElement.Parse("""{"cors_allowed_origins":[1]}""") },
        }, ["wrong_setting trigger.config.cors_allowed_origins[0] [] Websites that may post must be text, but 1 was found."]),
        ["time zone"] = (
            Of("trigger>a", Step("a")) with { Settings = new() { TimeZone = "America/Chicag" } }, ["unknown_time_zone settings.timezone [] "
                + "There is no time zone America/Chicag. Use a name such as America/Chicago. Did you mean America/Chicago?"]),
        ["link to nothing"] = (Of("trigger>intake trigger>a a>intaek", Step("intake"), Step("a")),
            ["dangling_link link_connections[2].to [] The link leads to intaek, but there is no such step. Did you mean intake?"]),
        ["link from nothing"] = (Of("trigger>a nowhere>a", Step("a")),
            ["dangling_link link_connections[1].from [] The link begins at nowhere, but there is no such step."]),
        ["link twice"] = (Of("trigger>a trigger>a", Step("a")), ["duplicate_link link_connections[1] [trigger] The link from trigger to a "
            + "is there already as link_connections[0]. Remove one of them."]),
        ["link twice by first port"] = (Of("trigger>a a>b a:then>b", Step("a", "condition"), Step("b")),
            ["duplicate_link link_connections[2] [a] The link from a to b is there already as link_connections[1]. Remove one of them."]),
        ["link to itself"] =
            (Of("trigger>a a>a", Step("a")), ["self_link link_connections[1] [a] The step a is linked to itself. Remove the link."]),
        ["link into trigger"] = (Of("trigger>a a>trigger", Step("a")), ["link_into_trigger link_connections[1].to [] The link from a leads "
            + "into the trigger, where runs only begin. Lead it to a step."]),
        ["link after end"] = (Of("trigger>a a>b", Step("a", "end"), Step("b")),
            ["link_after_end link_connections[1].from [a] The step a ends the run, so nothing can follow it. Remove the link to b."]),
        ["unknown port"] = (Of("trigger>a a:thn>b", Step("a", "condition"), Step("b")),
            ["unknown_port link_connections[1].from_port [a] a has no port thn. Its ports: then, else. Did you mean then?"]),
        ["port of the trigger"] = (Of("trigger:yes>a", Step("a")),
            ["unknown_port link_connections[0].from_port [trigger] trigger has no port yes. Its ports: out."]),
        ["loop"] = (Of("trigger>a a>b b>c c>a", Step("a"), Step("b"), Step("c")), ["cycle_without_wait nodes[0] [a] The steps a → b → c → "
            + "a go round without waiting, so a run would never come to rest. Remove a link, put a step that waits between them, or bound "
            + "one of the links by max_rounds."]),
        ["loop over a disabled wait"] = (Of("trigger>a a>w w>a", Step("a"), Step("w", "wait") with { Disabled = true }),
            ["cycle_without_wait nodes[0] [a] The steps a → w → a go round without waiting, so a run would never come to rest. Remove a "
                + "link, put a step that waits between them, or bound one of the links by max_rounds."]),
        ["loop over a wait"] = (Of("trigger>a a>w w>a", Step("a"), Step("w", "wait")), []),
        ["unreachable"] = (Of("trigger>a b>c", Step("a"), Step("b"), Step("c")), [
            "warning unreachable_node nodes[1] [b] No path leads from the start to the step b, so it never runs. Link it, or remove it.",
            "warning unreachable_node nodes[2] [c] No path leads from the start to the step c, so it never runs. Link it, or remove it.",
        ]),
        ["missing setting"] = (Of("trigger>a", Step("a", "set", "{}")),
            ["missing_setting nodes[0].config.values [a] Values is missing. Fill it in: the step cannot run without it."]),
        ["settings that are a list"] = (Of("trigger>a", Step("a", "set", "[]")),
            ["wrong_setting nodes[0].config [a] The settings must be an object, but a list was found."]),
        ["disabled step"] = (Of("trigger>a", Step("a", "set", "{}") with { Disabled = true }),
            ["warning missing_setting nodes[0].config.values [a] Values is missing. Fill it in: the step cannot run without it."]),
        ["unreadable template"] = (Of("trigger>a", Step("a", "set", """{"values":{"x y":"{{ a + }}"}}""")), [
            "unreadable_template nodes[0].config.values[\"x y\"] [a] The expression ends too early: a value was expected. (In: {{ a + }})",
        ]),
        ["unknown value"] = (Of("trigger>a", Step("a", "set", """{"values":{"x":"{{ $rum.id }}"}}""")),
            ["unknown_value nodes[0].config.values.x [a] Nothing provides $rum here. Known: $initialPayload, $node, $run, $workflow, "
                + "$workspace, $now, $vars. Did you mean $run?"]),
        ["reference to no step"] = (
            Of("trigger>pay pay>a", Step("pay"), Step("a", "set", """{"values":{"x":"{{ $node.pai.url }}"}}""")), ["unknown_reference "
                + "nodes[1].config.values.x [a] $node.pai.url refers to the step pai, but there is no such step. Did you mean pay?"]),
        ["field that a step does not give"] = (Of("trigger>a a>b", Step("a", "set", """{"values":{"city":"Houston"}}"""),
            Step("b", "set", """{"values":{"x":"{{ $node.a.citi }}"}}""")), ["warning unknown_output nodes[1].config.values.x [b] "
                + "$node.a.citi asks the step a for citi, which it does not give. It gives: city. Did you mean city?"]),
        ["reference to itself"] = (Of("trigger>a", Step("a", "set", """{"values":{"x":"{{ a.output.y }}"}}""")),
            ["not_upstream_reference nodes[0].config.values.x [a] a.output.y refers to the step a, which is this step itself. Refer to a "
                + "step on the way from the start to here."]),
        ["reference to a later step"] = (Of("trigger>a a>b", Step("a", "set", """{"values":{"x":"{{ $node.b.y }}"}}"""), Step("b")),
            ["not_upstream_reference nodes[0].config.values.x [a] $node.b.y refers to the step b, which does not lie before this one, so "
                + "it has no output yet. Refer to a step on the way from the start to here."]),
        ["reference to the trigger as a step"] = (Of("trigger>a", Step("a", "set", """{"values":{"x":"{{ $node.trigger.y }}"}}""")), []),
        ["reference to a disabled step"] = (
            Of("trigger>b b>a", Step("a", "set", """{"values":{"x":"{{ $node.b.y ?? 1 }}"}}"""), Step("b") with { Disabled = true }),
            ["warning disabled_reference nodes[0].config.values.x [a] $node.b.y refers to the step b, which is switched off and has no "
                + "output. Give a default with ??, or switch it on."]),
        ["retry"] = (Of("trigger>a", Step("a") with { Retry = new RetryPolicy(21, TimeSpan.FromDays(2), false) }), [
            "retry_out_of_limits nodes[0].retry.attempts [a] A step can be tried 1 to 20 times, but 21 was found.",
            "retry_out_of_limits nodes[0].retry.delay [a] The time between two tries can be 0 seconds to 1 day, but 2.00:00:00 was found.",
        ]),
        ["timeout"] = (Of("trigger>a", Step("a") with { Timeout = TimeSpan.FromHours(2) }),
            ["timeout_out_of_limits nodes[0].timeout [a] The longest time of one try can be 1 second to 1 hour, but 02:00:00 was found."]),
        ["step name too long"] = (Of("trigger>a", Step("a") with { Name = new string('n', 121) }),
            ["name_too_long nodes[0].name [a] The name of the step a has 121 characters, at most 120 are possible."]),
        ["event too long"] = (
            Of("trigger>a", Step("a")) with { Trigger = new WorkflowTrigger { Type = "webhook", Event = new string('e', 121) } },
            ["name_too_long trigger.event [] The name of the event has 121 characters, at most 120 are possible."]),
        ["too many steps"] = (Of("", [.. Enumerable.Range(0, 501).Select(i => Step($"s{i}"))]),
            ["too_many_nodes nodes [] The workflow has 501 steps, at most 500 are possible. Split it into several workflows."]),
        ["too many links"] = (WorkflowDefinition.Empty with { Links = [.. Enumerable.Repeat(new LinkConnection("a", null, "b"), 2_001)] }, [
            "too_many_links link_connections [] The workflow has 2001 links, at most 2000 are possible. Split it into several workflows.",
        ]),
    };

    public static TheoryData<string> Kinds() => [.. Wrong.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Validate_DefinitionThatIsWrong_SaysWhatAndWhere(string kind) =>
        Assert.Equal(Wrong[kind].Problems, Problems(Wrong[kind].Definition));

    [Fact]
    public void Validate_ExampleOfTheReferenceText_HasNoProblem()
    {
        var body = JsonElement.Parse(SharedFiles.Read("examples/graph-create.json"));

        Assert.True(WorkflowJson.TryRead(body, out var definition, out var form), string.Join('\n', form));

        Assert.Equal((5, 5, "contact_form_submission"), (definition.Nodes.Count, definition.Links.Count, definition.Trigger.Event));
        Assert.Empty(Problems(definition));
    }

    [Fact]
    public void Validate_LargestGraphOfPairsInLoops_NamesEveryLoop()
    {
        var nodes = Enumerable.Range(0, 500).Select(i => Step($"s{i}")).ToArray();
        var links = Enumerable.Range(0, 2_000).Select(i => new LinkConnection($"s{i % 500}", null, $"s{(i % 500) ^ 1}"));

        var problems = new WorkflowValidator(Catalog).Validate(Of("", nodes) with { Links = [.. links] });

        Assert.Equal(250, problems.Count(p => p.Code == WorkflowProblemCodes.CycleWithoutWait));
        Assert.Equal(500, problems.Count(p => p.Code == WorkflowProblemCodes.UnreachableNode));
        Assert.Equal(1_500, problems.Count(p => p.Code == WorkflowProblemCodes.DuplicateLink));
    }

    [Fact]
    public void Validate_AnyGraph_NeverThrowsAndFindsEveryLoop()
    {
        var id = Gen.Elements("a", "b", "c", "d", "e", "trigger", "", "$x", "a b", "zz");
        var node = from name in id
                   from type in Gen.Elements("set", "wait", "condition", "end", "reminder", "nothing", "")
                   from settings in Gen.Elements("{}", "[]", "7", "null", """{"values":{"x":"{{ $node.a.b ?? b.output.c }}"}}""",
                       """{"values":"{{ oops( }}"}""", """{"values":{"a":"{{"}}""")
                   from disabled in Gen.Elements(true, false)
                   select Step(name, type, settings) with { Disabled = disabled };
        var link =
            from one in id from port in Gen.Elements(null, "out", "then", "") from other in id select new LinkConnection(one, port, other);
        var graphs =
            from nodes in Gen.ListOf(node)
            from links in Gen.ListOf(link)
            select WorkflowDefinition.Empty with { Nodes = [.. nodes], Links = [.. links] };

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(Arb.From(graphs), definition =>
            new WorkflowValidator(Catalog).Validate(definition)
                .Any(p => p.Code == WorkflowProblemCodes.CycleWithoutWait) == HasRestlessLoop(definition)));
    }

    [Theory]
    [InlineData(typeof(WorkflowProblemCodes))]
    [InlineData(typeof(ExpressionProblemCodes))]
    public void ProblemCodes_All_AreListedInTheDocs(Type codes)
    {
        var page = SharedFiles.ReadOfCheckout("docs/problems.md");

        var all = codes.GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => (string)f.GetRawConstantValue()!).ToList();

        Assert.NotEmpty(all);
        Assert.All(all, c => Assert.Contains($"| `{c}` |", page, StringComparison.Ordinal));
    }

    private static WorkflowDefinition Triggered(WorkflowTrigger trigger) => Of("trigger>a", Step("a")) with { Trigger = trigger };

    // the slow and plain definition: a step that does not rest can be reached from itself over steps that do not rest
    private static bool HasRestlessLoop(WorkflowDefinition definition)
    {
        var restless = definition.Nodes.DistinctBy(n => n.Id)
            .Where(n => Catalog.Find(n.Type) is { } shape && (!shape.Waits || n.Disabled)).Select(n => n.Id).ToHashSet();
        var links = definition.Links.Where(l => l.From != l.To && restless.Contains(l.From) && restless.Contains(l.To))
            .Select(l => (l.From, l.To)).ToHashSet();
        for (var before = -1; before != links.Count;)
        {
            before = links.Count;
            links.UnionWith([.. from x in links from y in links where x.To == y.From select (x.From, y.To)]);
        }
        return links.Any(l => l.From == l.To);
    }
}
