using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Connectors.Ai;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Practice;
using WorkflowStudio.Engine.Practice.Demo;
using WorkflowStudio.Engine.Runtime.Shards;
using WorkflowStudio.Engine.Scripting;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Connections;
using WorkflowStudio.Engine.Storage.Integrations;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Practice;

public sealed class PracticeRegistrationTests
{
    [Fact]
    public async Task Add_AllAreas_MakesEveryServiceAndStep()
    {
        using var practice = new PracticeFixture();
        await using var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<IStudioWriter>(practice.Writer)
            .AddSingleton<IDbContextFactory<StudioDbContext>>(practice)
            .AddSingleton(practice.Address)
            .AddSingleton<ISecretProtector, NoSecrets>()
            .AddSingleton<IConnections, ConnectionStore>()
            .AddSingleton<IIntegrations, IntegrationStore>()
            .AddSingleton<IScriptPermits, NoScripts>()
            .AddSingleton<NodeNews>()
            .AddConnectors()
            .AddPractice()
            .AddSingleton(practice.Events)
            .AddSteps()
            .BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });

        Assert.NotEmpty(services.GetRequiredService<NodeCatalog>().Types);
        Assert.NotNull(services.GetRequiredService<ILanguageModel>());
        Assert.NotNull(services.GetRequiredService<DemoWorkspace>());
    }

    private sealed class NoScripts : IScriptPermits
    {
        public Task<bool> AllowsAsync(Guid workspaceId, CancellationToken cancellationToken) => Task.FromResult(false);
    }

    private sealed class NoSecrets : ISecretProtector
    {
        public byte[] Protect(string secret) => [];

        public string? Unprotect(byte[] protectedSecret) => null;
    }
}
