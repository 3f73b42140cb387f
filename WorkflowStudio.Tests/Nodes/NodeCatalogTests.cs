using System.Text.Json;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Nodes.Flow;
using WorkflowStudio.Tests.Support.Fakes;

namespace WorkflowStudio.Tests.Nodes;

public sealed class NodeCatalogTests
{
    private readonly NodeCatalog catalog = new([new SetNode(), new ReminderNode()]);

    [Fact]
    public void Catalog_OfTypes_KnowsNamesShapesAndForms()
    {
        Assert.Equal(["reminder", "set"], catalog.KnownTypes);
        Assert.Equal(["event", "manual", "schedule", "webhook"], catalog.KnownTriggers);
        var shape = catalog.Find("reminder")!;
        Assert.Equal(["sent", "refused"], shape.Outputs);
        Assert.Equal((true, false), (shape.Waits, shape.Ends));
        Assert.Null(catalog.Find("Set"));
        var form = catalog.Form("reminder")!;
        Assert.Equal(("Reminder", "Reminds.", NodeGroup.Messaging, "sms", "PRACTICE"),
            (form.Title, form.Description, form.Group, form.Icon, form.Example.GetProperty("sender").GetString()));
        Assert.Null(catalog.Form("nothing"));
    }

    [Theory]
    [InlineData("{}", "missing_setting sender: Sender is missing. Fill it in: the step cannot run without it.")]
    [InlineData("""{"sender":7}""", "wrong_setting sender: Sender must be text, but 7 was found.")]
    [InlineData(
        """{"sender":"abc","delay_hours":"5"}""", "wrong_setting delay_hours: Delay must be a whole number, but the text \"5\" was found.")]
    [InlineData("""{"sender":"abc","currency":"ur"}""",
        "wrong_setting currency: Currency must be one of usd, eur, but the text \"ur\" was found. Did you mean eur?")]
    [InlineData(
        """{"sender":"abc","delay_hour":3}""", "unknown_setting delay_hour: The step has no setting delay_hour. Did you mean delay_hours?")]
    [InlineData("[]", "wrong_setting : The settings must be an object, but a list was found.")]
    public void CheckSettings_SettingsThatDoNotFit_AreNamed(string config, string expected) =>
        Assert.Equal(expected, Shown(catalog.CheckSettings(Node("reminder", config)).Single()));

    [Theory]
    [InlineData("""{"sender":"{{ $initialPayload.who }}","delay_hours":"{{ 5 }}","days":"{{ days }}","channel":"{{ c }}","messages":"{{ m }}","mappings":{"a":[1]}}""")]
    [InlineData("""{"sender":"abc","voiceConfig":{"x":1}}""")]
    public void CheckSettings_TemplatesAndForeignFields_AreAccepted(string config) =>
        Assert.Empty(catalog.CheckSettings(Node("reminder", config)));

    [Fact]
    public void CheckTrigger_OriginsThatAreNoList_AreNamed() =>
        Assert.Equal(
            "wrong_setting config.cors_allowed_origins: Websites that may post must be a list, but the text \"*\" was found.",
            Shown(catalog.CheckTrigger(new WorkflowTrigger
            { Type = "webhook", Config = JsonElement.Parse("""{"cors_allowed_origins":"*"}""") }).Single()));

    [Fact]
    public void CheckExpressions_Settings_NamesWhatCannotBeReadOrFound()
    {
        var node = Node("reminder", """{"a":["{{ $node.pay.url }} {{ $review_url }} {{ $now }} {{ $item }}"],"b":"{{ uper(x) }}","c":"{{ $reviw_url }}","d":"Hi {{ $now "}""");
        var definition = WorkflowDefinition.Empty with { Nodes = [node] };

        var problems = catalog.CheckExpressions(node, StepSight.Of(definition, catalog, "n", ["$item"])!);

        Assert.Equal(
            [
                "unknown_function b: There is no function uper. Did you mean upper? (In: {{ uper(x) }})",
                "unreadable_template d: The expression that begins at character 4 is not closed: }} is missing. (In: {{ $now)",
                "unknown_reference a[0]: $node.pay.url refers to the step pay, but there is no such step.",
                "unknown_value c: Nothing provides $reviw_url here. Known: $initialPayload, $node, $run, $workflow, $workspace, $now, "
                + "$vars, $review_url, $item. Did you mean $review_url?",
            ],
            problems.Select(Shown));
    }

    private static WorkflowNode Node(string type, string config) => new() { Id = "n", Type = type, Config = JsonElement.Parse(config) };

    private static string Shown(SettingProblem problem) => $"{problem.Code} {problem.Path}: {problem.Message}";
}
