using Microsoft.Extensions.DependencyInjection;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Compliance;

/// <summary>A suite of the engine that runs over every kind of store.</summary>
public abstract class EngineSuite(TestStore store)
{
    /// <summary>Where its databases come from.</summary>
    protected TestStore Store { get; } = store;

    private protected Task<EngineHarness> CreateAsync(params NodeType[] types) => EngineHarness.CreateAsync(Store, types);

    private protected Task<EngineHarness> CreateAsync(Action<IServiceCollection> more) => EngineHarness.CreateAsync(Store, [], more);

    private protected Task<EngineHarness> StartAsync(params NodeType[] types) => EngineHarness.StartAsync(Store, types);
}
