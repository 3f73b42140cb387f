using Microsoft.Extensions.DependencyInjection;
using WorkflowStudio.Engine;
using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Practice;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Sqlite;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Nodes;

/// <summary>Holds docs/nodes.md to the code, and every step type to what a step type owes: words, an example, a test.</summary>
public sealed class GeneratedPagesTests
{
    private static readonly string Page = Path.Combine(Repository.Root, "docs", "nodes.md");

    [Fact]
    public void NodesPage_IsAsTheCodeSays()
    {
        var written = NodePages.Write(Catalog());
        if (Environment.GetEnvironmentVariable("STUDIO_WRITE_DOCS") == "1") File.WriteAllText(Page, written);
        Assert.Equal(written, File.ReadAllText(Page));
    }

    [Fact]
    public void EveryStepType_HasWordsAndAnExampleThatIsValid()
    {
        var catalog = Catalog();
        Assert.All(catalog.Types, type =>
        {
            Assert.False(string.IsNullOrWhiteSpace(type.Description), type.Type);
            Assert.InRange(type.Title.Length, 1, 20);
            Assert.NotEqual("", type.Icon);
            Assert.All(type.Settings.Fields, field => Assert.False(string.IsNullOrWhiteSpace(field.Title), $"{type.Type}.{field.Name}"));
            var node = new WorkflowNode { Id = "example", Type = type.Type, Config = System.Text.Json.JsonElement.Parse(type.Example) };
            Assert.Empty(catalog.CheckSettings(node).Select(p => $"{type.Type}.{p.Path}: {p.Message}"));
        });
    }

    [Fact]
    public void NodesPage_ListsTheStepTypesThatAreRegistered()
    {
        var sections = File.ReadLines(Page)
            .Where(line => line.StartsWith("## ", StringComparison.Ordinal) && !line.StartsWith("## Start: ", StringComparison.Ordinal));
        Assert.Equal(sections.Select(s => s.Split('`')[1]).Order(StringComparer.Ordinal), Catalog().KnownTypes);
    }

    [Fact]
    public void AddStepsOf_AnAssembly_RegistersItsStepTypesByName() => Assert.Equal(
        Catalog().Types.Select(t => t.GetType()),
        new ServiceCollection().AddStepsOf(typeof(NodeType).Assembly).Select(s => s.ImplementationType!));

    [Fact]
    public void EveryStepType_HasATestOfItsOwn()
    {
        var tests = typeof(GeneratedPagesTests).Assembly.GetTypes().Select(t => t.Name).ToHashSet();
        Assert.All(Catalog().Types, type => Assert.Contains(type.GetType().Name + "Tests", tests));
    }

    private static NodeCatalog Catalog()
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(TimeProvider.System);
        services.AddStudioStorage(new SqliteDatabase(Path.GetTempPath(), false));
        services.AddSingleton(new StudioAddress("http://localhost"));
        services.AddSingleton<ISecretProtector, NoSecrets>();
        services.AddConnectors().AddPractice().AddSteps().AddStudioRuns();
        return services.BuildServiceProvider().GetRequiredService<NodeCatalog>();
    }

    private sealed class NoSecrets : ISecretProtector
    {
        public byte[] Protect(string secret) => throw new NotSupportedException();

        public string Unprotect(byte[] data) => throw new NotSupportedException();
    }
}
