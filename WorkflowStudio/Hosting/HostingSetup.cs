using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;
using WorkflowStudio.Api;
using WorkflowStudio.Components.Shared;
using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Connectors.Http;
using WorkflowStudio.Engine.Diagnostics;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice;
using WorkflowStudio.Engine.Scripting;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Postgres;
using WorkflowStudio.Engine.Storage.Sqlite;
using WorkflowStudio.Engine.Webhooks;
using WorkflowStudio.Hosting.Demo;
using WorkflowStudio.Limits;

namespace WorkflowStudio.Hosting;

/// <summary>What the server needs before any of the studio's own parts.</summary>
internal static class HostingSetup
{
    /// <summary>The address when none is given.</summary>
    public const string DefaultUrl = "http://127.0.0.1:5080";

    /// <summary>The largest body of a request, in bytes; the API answers 413 above it.</summary>
    public const long MaxBodyBytes = 1024 * 1024;

    public static void AddStudioWeb(this WebApplicationBuilder builder, StudioOptions options)
    {
        if (!builder.Environment.IsDevelopment() && StudioArguments.FromSources) builder.WebHost.UseStaticWebAssets();
        if (string.IsNullOrEmpty(builder.Configuration["urls"]) && string.IsNullOrEmpty(builder.Configuration["http_ports"]))
            builder.WebHost.UseUrls(DefaultUrl);
        builder.Logging.AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Warning).AddFilter("Microsoft.AspNetCore", LogLevel.Warning)
            .AddFilter("Quartz", LogLevel.Warning)
            // why a start failed is said in one line at its end
            .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical)
            // a line for each connection beyond the limit would fill the disk
            .AddFilter("Microsoft.AspNetCore.Server.Kestrel.Connections", LogLevel.Error)
            // a new key is stored as docs/operations.md says, in a folder for the owner of the process alone: no reason to frighten anybody
            // at the first start
            .AddFilter("Microsoft.AspNetCore.DataProtection.KeyManagement.XmlKeyManager", LogLevel.Error);
        foreach (var name in StudioArguments.Misspelled(Environment.GetEnvironmentVariables().Keys.Cast<string>()))
            builder.Services.AddSingleton(
                new StartupNote($"{name} is not a setting and is ignored. Settings are {string.Join(", ", StudioArguments.Variables)}."));
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxBodyBytes;
            // a web socket counts by its own number, no longer as a connection
            kestrel.Limits.MaxConcurrentConnections = options.Limits.Connections;
            kestrel.Limits.MaxConcurrentUpgradedConnections = Math.Max(1, options.Limits.Connections / 2);
        });
        if (options.FailPoint is { } point && !FailPoints.Arm(point))
            builder.Logging.Services.AddSingleton(
                new StartupNote($"STUDIO_FAILPOINT \"{point}\" is not of the form name:n and is ignored."));
    }

    public static IServiceCollection AddStudioHosting(this IServiceCollection services, StudioOptions options, IHostEnvironment environment)
    {
        services.AddSingleton(options).AddSingleton(TimeProvider.System).AddSingleton<IdFactory>().AddSingleton<Readiness>()
            .AddScoped<FirstStart>().AddScoped<DemoSeed>().AddSingleton<DemoLife>();
        if (environment.IsDevelopment() && options.ClockOffset != TimeSpan.Zero)
            services.AddSingleton<TimeProvider>(new ShiftedClock(options.ClockOffset));
        services.AddSingleton(options.Limits).AddSingleton<RequestLimits>().AddSingleton<OpenStreams>().AddSingleton<OpenAnswers>();
        services.AddSingleton(new OwnAddress(options.PublicUrl)).AddSingleton<ForeignPages>();
        services.AddKeyRing(options);
        services.AddAntiforgery(o => (o.Cookie.Name, o.Cookie.SecurePolicy) = ("ws_form", CookieSecurePolicy.SameAsRequest));
        services.AddHsts(o => o.MaxAge = TimeSpan.FromDays(365));
        // only a proxy on this machine is believed, and only for the address and the scheme
        services.Configure<ForwardedHeadersOptions>(
            o => o.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto);
        return services;
    }

    /// <summary>
    /// The store: PostgreSQL when it is named, else SQLite in the data folder. The server's writer checkpoints; a command beside it does
    /// not.
    /// </summary>
    public static IServiceCollection AddStudioData(this IServiceCollection services, StudioOptions options, bool server) => services
        .AddStudioStorage(options.Database is { } connection ? new PostgresDatabase(connection) : new SqliteDatabase(
            options.DataFolder, checkpoints: server, readOnly: !server && DataFolderLock.IsReadOnly(options.DataFolder)))
        .AddSingleton<ISecretProtector, KeyRingProtector>()
        .AddSingleton(new StudioAddress(options.Address)).AddSingleton(new GatewayCallbacks(options.PublicUrl))
        .AddSingleton(new GuardedHttpOptions { AllowedHosts = options.AllowedHosts })
        .AddSingleton(ScriptOptions.Of(typeof(HostingSetup).Assembly.Location) with { Places = options.Limits.Scripts })
        .AddConnectors()
        .AddPractice()
        .AddWebhooks();

    /// <summary>Looks after the database beside the work.</summary>
    public static IServiceCollection AddDatabaseWatch(this IServiceCollection services) =>
        services.AddSingleton<DatabaseWatch>().AddHostedService(p => p.GetRequiredService<DatabaseWatch>());

    public static void UseStudioWeb(this WebApplication app)
    {
        app.UseForwardedHeaders();
        app.UseFrontDoor();
        app.UseFormDoor();
        if (!app.Environment.IsDevelopment()) app.UseHsts();
        app.UseSecurityHeaders();
        app.UseWhen(IsPage, pages => pages.UseStatusCodePagesWithReExecute(NotFound.Path, createScopeForStatusCodePages: true));
        app.UseRouting();
        app.UseAnswersOfRouting();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseAntiforgery();
    }

    // nodes that share a database share the keys; one node alone keeps them apart from what they protect
    private static void AddKeyRing(this IServiceCollection services, StudioOptions options)
    {
        var protection = services.AddDataProtection().SetApplicationName("WorkflowStudio");
        if (options.Database is null) protection.PersistKeysToFileSystem(KeyFolder(options.DataFolder));
        else services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(p => new ConfigureOptions<KeyManagementOptions>(
            o => o.XmlRepository = new KeyRingTable((PostgresDatabase)p.GetRequiredService<StudioDatabase>())));
    }

    // what opens every secret is for the owner of the process alone
    private static DirectoryInfo KeyFolder(string dataFolder)
    {
        var folder = Path.Combine(dataFolder, "keys");
        if (DataFolderLock.IsReadOnly(dataFolder)) return new DirectoryInfo(folder);
        var made = StudioOptions.OwnFolder(folder);
        // one that was there, or was restored, may have been open to others
        if (!OperatingSystem.IsWindows()) made.UnixFileMode = StudioOptions.OwnerOnly;
        return made;
    }

    // people get a page for what is not there; programs get the bare status
    private static bool IsPage(HttpContext http) =>
        HttpMethods.IsGet(http.Request.Method) && !ApiSetup.Serves(http.Request.Path)
        && http.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal);
}

/// <summary>Something to log once the log is there.</summary>
internal sealed record StartupNote(string Text);
