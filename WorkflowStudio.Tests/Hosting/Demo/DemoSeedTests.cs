using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using WorkflowStudio.Engine.Practice.Messages;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Hosting;
using WorkflowStudio.Hosting.Commands;
using WorkflowStudio.Hosting.Demo;
using WorkflowStudio.Identity;
using WorkflowStudio.Identity.Storage;

namespace WorkflowStudio.Tests.Hosting.Demo;

/// <summary>The demo comes whole, once, also after a start that was killed half-way.</summary>
public sealed class DemoSeedTests : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("studio-seed-").FullName;
    private readonly List<string> told = [];
    private ServiceProvider services = null!;

    public async Task InitializeAsync()
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection([new("data", folder)]).Build();
        Assert.True(StudioOptions.TryRead(settings, new Development(), out var options, out _));
        services = CommandServices.Build(options);
        await services.GetRequiredService<StudioDatabase>().MigrateAsync(CancellationToken.None);
        await IdentityTables.MigrateAsync(services, CancellationToken.None);
    }

    public async Task DisposeAsync()
    {
        await services.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Ensure_Twice_DoesNothingTheSecondTime()
    {
        Assert.Null(await EnsureAsync());
        Assert.Equal(Enumerable.Range(1, DemoLife.Days).Select(day => $"Making the demo practice: day {day} of {DemoLife.Days} …"), told);
        var before = Counts();
        told.Clear();

        Assert.Null(await EnsureAsync());
        Assert.Empty(told);
        Assert.Equal(before, Counts());
    }

    [Fact]
    public async Task Ensure_KilledBeforeTheAccount_GivesThePracticeItsOwner()
    {
        var owner = Guid.Parse("33333333-3333-7333-8333-333333333333");
        await services.GetRequiredService<DemoLife>().MakeAsync(null, owner, told.Add, CancellationToken.None);
        var before = Counts();
        using (var scope = services.CreateScope())
            Assert.True(await scope.ServiceProvider.GetRequiredService<Users>().NoneAsync(CancellationToken.None));

        Assert.Null(await EnsureAsync());
        Assert.Equal(before, Counts());
        using (var scope = services.CreateScope()) Assert.True(await scope.ServiceProvider.GetRequiredService<Users>().IsThereAsync(owner));
        using var db = services.GetRequiredService<IDbContextFactory<StudioDbContext>>().CreateDbContext();
        Assert.All(db.Workflows, w => Assert.Equal(owner, w.OwnerId));
    }

    private async Task<string?> EnsureAsync()
    {
        using var scope = services.CreateScope();
        return await scope.ServiceProvider.GetRequiredService<DemoSeed>().EnsureAsync(told.Add, CancellationToken.None);
    }

    private (int Runs, int Events, int Workflows, int Members, int Messages) Counts()
    {
        using var db = services.GetRequiredService<IDbContextFactory<StudioDbContext>>().CreateDbContext();
        return (db.Runs.Count(), db.RunEvents.Count(), db.Workflows.Count(), db.Members.Count(), db.Outbox.Count());
    }

    private sealed class Development : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = Environments.Development;

        public string ApplicationName { get; set; } = "WorkflowStudio";

        public string ContentRootPath { get; set; } = AppContext.BaseDirectory;

        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}
