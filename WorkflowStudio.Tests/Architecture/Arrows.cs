namespace WorkflowStudio.Tests.Architecture;

/// <summary>The arrows of docs/architecture.md: who may know whom.</summary>
internal static class Arrows
{
    private const string Engine = "WorkflowStudio.Engine";
    private const string App = "WorkflowStudio";

    private const string Practice = $"{Engine}.Practice";
    private const string Events = $"{Engine}.Events";

    private const string Webhooks = $"{Engine}.Webhooks";

    private static readonly string[] Ef = ["Microsoft.EntityFrameworkCore", "Microsoft.Data.Sqlite", "System.Data.Common",
        "SQLitePCL", "Npgsql"];

    private static readonly string[] Effects = ["System.TimeProvider", "System.Threading", "System.IO", "System.Random", "Quartz", .. Ef];

    private static readonly string[] None = [];

    public static IReadOnlyList<Arrow> All { get; } =
    [
        new("Model references nothing of ours", [$"{Engine}.Model"], [App], None, [$"{Engine}.Model"]),
        new("Expressions are pure", [$"{Engine}.Expressions"], [App, .. Ef, "Quartz"], None, [$"{Engine}.Expressions", $"{Engine}.Model"]),
        new("Nodes never see runtime, storage, EF or Quartz", [$"{Engine}.Nodes"],
            [$"{Engine}.Runtime", $"{Engine}.Storage", "Quartz", .. Ef], None, None),
        new("The gallery knows the model alone", [$"{Engine}.Gallery"], [App, .. Ef, "Quartz"], None,
            [$"{Engine}.Gallery", $"{Engine}.Model"]),
        new("Schedules are pure", [$"{Engine}.Schedules"], [App, .. Ef, "Quartz"], None, [$"{Engine}.Schedules", $"{Engine}.Model"]),
        new("Runtime never sees storage", [$"{Engine}.Runtime"], [$"{Engine}.Storage"], None, None),
        new("Plans know no run", [$"{Engine}.Runtime.Plans"], [$"{Engine}.Runtime"], None, [$"{Engine}.Runtime.Plans"]),
        new("The state of a run is pure", [$"{Engine}.Runtime.State"], [App, .. Effects], None,
            [$"{Engine}.Runtime.State", $"{Engine}.Runtime.Plans", $"{Engine}.Model", $"{Engine}.Nodes"]),
        new("The journal knows no execution", [$"{Engine}.Runtime.Journal"],
            [$"{Engine}.Runtime.Execution", $"{Engine}.Runtime.Shards", $"{Engine}.Runtime.Plans"], None, None),
        new("An execution does not know who works when", [$"{Engine}.Runtime.Execution"], [$"{Engine}.Runtime.Shards.Fairness"],
            None, None),
        new("Runtime, storage and connectors know nothing of the practice",
            [$"{Engine}.Runtime", $"{Engine}.Storage", $"{Engine}.Connectors"], [Practice, Events], None, None),
        new("Nobody in the engine sees the webhooks that go out", [$"{Engine}.Runtime", $"{Engine}.Storage", $"{Engine}.Connectors",
            $"{Engine}.Nodes", Practice, Events], [Webhooks], None, None),
        new("Webhooks see what happens, not who makes it", [Webhooks], [Practice, Events, $"{Engine}.Runtime.Execution",
            $"{Engine}.Scheduling"], None, None),
        new("Connectors never see storage", [$"{Engine}.Connectors"], [$"{Engine}.Storage"], None, None),
        new("Scripting sees the model and what connectors answer, nothing else", [$"{Engine}.Scripting"], [App, .. Ef, "Quartz"],
            None, [$"{Engine}.Scripting", $"{Engine}.Model", $"{Engine}.Connectors", $"{Engine}.Diagnostics"]),
        new("Events know nothing of the practice", [Events], [Practice], None, None),
        new("Nobody in the engine sees the demo",
            [Engine], [$"{Practice}.Demo"], [$"{Practice}.Demo", $"{Practice}.PracticeRegistration"], None),
        new("Storage, nodes, events and the practice never see scheduling",
            [$"{Engine}.Storage", $"{Engine}.Nodes", Practice, Events], [$"{Engine}.Scheduling"], None, None),
        new("Quartz only in Scheduling", None, ["Quartz"], [$"{Engine}.Scheduling"], None),
        new("EF and SQL only in Storage, Practice, Events, Webhooks and Identity/Storage",
            None, Ef, [$"{Engine}.Storage", $"{Engine}.CompiledModel", Practice, Events, Webhooks, $"{App}.Identity.Storage"], None),
        new("Operations, dialects and pages do not see a DbContext", [$"{App}.Operations", $"{App}.Api", $"{App}.Components"],
            [$"{Engine}.Storage.StudioDbContext", $"{App}.Identity.Storage", $"{Engine}.Storage.StudioWrite::get_Db"], None, None),
        new("A dialect does not see the pages", [$"{App}.Api"], [$"{App}.Components"], None, None),
        new("Pages do not see storage or the API", [$"{App}.Components"], [$"{App}.Api", $"{Engine}.Storage"], None, None),
        new("JavaScript is called in the canvas interop and the browser storage only", None, ["Microsoft.JSInterop.IJSRuntime",
            "Microsoft.JSInterop.JSRuntimeExtensions"], [$"{App}.Components.Shared.Browser", $"{App}.Components.Editor.Canvas"], None),
        new("Outgoing connections are made in Connectors only", None, ["System.Net.Http.HttpClient::.ctor",
            "System.Net.Http.SocketsHttpHandler::.ctor", "System.Net.Mail", "System.Net.Sockets"], [$"{Engine}.Connectors"], None),
        new("JavaScript is run in Scripting only", None, ["Jint", "Acornima"], [$"{Engine}.Scripting"], None),
        new("The engine does not know the app", [Engine], [App], None, [Engine]),
    ];

    /// <summary>One rule per folder of step types: neither another folder nor what all of them share sees it.</summary>
    public static IEnumerable<Arrow> BetweenStepTypes(IReadOnlyCollection<string> types)
    {
        const string all = $"{Engine}.Nodes.";
        var steps = types.Where(t => t.StartsWith(all, StringComparison.Ordinal) && t.EndsWith("Node", StringComparison.Ordinal));
        foreach (var folder in steps.Select(t => t[all.Length..].Split('.')).Where(names => names.Length > 1)
            .Select(names => all + names[0]).Distinct())
            yield return new Arrow($"Step types outside of {folder} do not see it", [$"{Engine}.Nodes"], [folder], [folder], None);
    }

    /// <summary>
    /// One rule per feature of the practice: of the others it sees the contacts, whom all of them are about, and no other. And who is not
    /// of the practice sees what its features tell, not how they keep it: their rows, and whatever of them knows the store.
    /// </summary>
    public static IEnumerable<Arrow> InThePractice(IReadOnlyDictionary<string, IReadOnlySet<string>> references)
    {
        const string all = $"{Practice}.", demo = $"{Practice}.Demo", contacts = $"{Practice}.Contacts", tables = $"{Practice}.Tables";
        var types = references.Keys.Where(t => t.StartsWith(all, StringComparison.Ordinal)).ToList();
        var shared = types.Where(t => !t[all.Length..].Contains('.', StringComparison.Ordinal)).ToArray();
        // the frame of all tables is seen by those that have one
        var features = types.Except(shared).Select(t => all + t[all.Length..].Split('.')[0]).Distinct().ToArray();
        foreach (var feature in features.Where(f => f != demo))
            yield return new($"The feature {feature} sees no other but the contacts",
                [feature], [all], None, [feature, .. feature == tables ? [] : new[] { contacts, tables }, .. shared]);
        yield return new("What the features share sees none of them",
            shared, features, [$"{Practice}.PracticeRegistration", $"{Practice}.PracticeSetup"], None);
        yield return new("Steps and pages see what the practice tells, not how it keeps it",
            [$"{Engine}.Nodes", $"{App}.Components"], [.. types.Where(IsKept)], None, None);

        bool IsKept(string type) => type.EndsWith("Row", StringComparison.Ordinal)
            || references[type].Any(m => m.StartsWith($"{Engine}.Storage.", StringComparison.Ordinal));
    }

    /// <summary>One rule per dialect: it sees no other.</summary>
    public static IEnumerable<Arrow> BetweenDialects(IReadOnlyCollection<string> types)
    {
        const string all = $"{App}.Api.Dialects.";
        foreach (var dialect in types.Where(t => t.StartsWith(all, StringComparison.Ordinal)).Select(t => t[all.Length..].Split('.')[0])
            .Distinct())
            yield return new Arrow($"The dialect {dialect} sees no other dialect", [all + dialect], [all], None, [all + dialect]);
    }
}
