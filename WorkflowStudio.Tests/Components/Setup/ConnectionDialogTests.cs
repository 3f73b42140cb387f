using System.Text.Json;
using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using WorkflowStudio.Components.Setup;
using WorkflowStudio.Components.Shared;
using WorkflowStudio.Components.Shared.Browser;
using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Connectors.Http;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Connections;
using WorkflowStudio.Operations.Home;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Components.Setup;

/// <summary>The form of a connection.</summary>
public sealed class ConnectionDialogTests : MudContext
{
    private readonly List<(Connection Wish, SecretChange Secret, StudioEnvironment Environment)> saved = [];
    private Func<Connection, Result<ConnectionFacts>> save = wish =>
        new ConnectionFacts(StudioEnvironment.Live, wish.Kind, wish.Name, wish.Settings, true, default);

    [Fact]
    public async Task New_AsksForTheKindFirst_AndThenForWhatItNeeds()
    {
        var dialog = await OpenAsync(null);
        await dialog.FindAll("button.kind").Single(b => b.TextContent.Contains("HTTP API", StringComparison.Ordinal)).ClickAsync();
        Assert.Contains("Value of the header", dialog.Markup, StringComparison.Ordinal);
        await Fill(dialog, "auth", "basic");
        Assert.Contains("Password", dialog.Find("label[for=c-secret]").TextContent, StringComparison.Ordinal);
        Assert.Empty(dialog.FindAll("#c-header"));
        await Fill(dialog, "name", "crm");
        await Fill(dialog, "endpoint", "https://crm.example.com");
        await Fill(dialog, "user", "desk");
        await Fill(dialog, "secret", "pw");
        await dialog.Find("form").SubmitAsync();

        var (wish, change, environment) = Assert.Single(saved);
        Assert.Equal(("crm", "pw", "desk", SecretChange.Replace, StudioEnvironment.Live),
            (wish.Name, wish.Secret, wish.Text("user"), change, environment));
        dialog.WaitForAssertion(() => Assert.Empty(dialog.FindAll("[role=dialog]")), EngineHarness.Patience);
    }

    [Fact]
    public async Task Wrong_IsSaidAtItsField_AndWhatWasWrittenStays()
    {
        save = _ => new OperationProblem.Invalid("No.", [WorkflowProblem.Error("invalid_connection", "endpoint", null, "Not an address.")]);
        var dialog = await OpenAsync(Stored());
        await Fill(dialog, "endpoint", "nowhere");
        await dialog.Find("form").SubmitAsync();
        Assert.Equal("Not an address.", dialog.Find("#c-endpoint-said span:last-child").TextContent);
        Assert.Equal(("true", "nowhere"),
            (dialog.Find("#c-endpoint").GetAttribute("aria-invalid"), dialog.Find("#c-endpoint").GetAttribute("value")));
    }

    [Fact]
    public async Task Stored_KeepsItsSecretAndItsName_UnlessAnotherIsEntered()
    {
        var dialog = await OpenAsync(Stored());
        Assert.True(dialog.Find("#c-name").HasAttribute("disabled"));
        Assert.Equal("", dialog.Find("#c-secret").GetAttribute("value") ?? "");
        await dialog.Find("form").SubmitAsync();
        Assert.Equal((SecretChange.Keep, StudioEnvironment.Test), (saved[0].Secret, saved[0].Environment));

        dialog = await OpenAsync(Stored());
        await Fill(dialog, "secret", "Bearer new");
        await dialog.Find("form").SubmitAsync();
        Assert.Equal((SecretChange.Keep, "Bearer new"), (saved[1].Secret, saved[1].Wish.Secret));
    }

    [Fact]
    public async Task WebhookSecret_IsMadeUp_AndCountsBesideTheOneBefore()
    {
        var dialog = await OpenAsync(Stored("webhook-secret", "{}"));
        await dialog.FindAll("button").Single(b => b.TextContent.Trim() == "Make one up").ClickAsync();
        await dialog.FindAll("input[type=checkbox]").Single().ChangeAsync(new ChangeEventArgs { Value = true });
        await dialog.Find("form").SubmitAsync();
        Assert.Matches("^whsec_[A-Za-z0-9+/]{43}=$", saved[0].Wish.Secret);
        Assert.Equal(SecretChange.Add, saved[0].Secret);
    }

    private static Task Fill(IRenderedComponent<MudDialogProvider> dialog, string field, string text) =>
        dialog.Find($"#c-{field}").ChangeAsync(new ChangeEventArgs { Value = text });

    private static ConnectionFacts Stored(string kind = "http", string settings = """{"endpoint":"https://crm.example.com"}""") =>
        new(StudioEnvironment.Test, kind, "crm", JsonElement.Parse(settings), true, default);

    private async Task<IRenderedComponent<MudDialogProvider>> OpenAsync(ConnectionFacts? stored)
    {
        var caller = new Caller
        { Tenant = new Tenant(NewIds.Next(), StudioEnvironment.Live), Name = "Dana", Role = WorkspaceRole.Owner };
        var session = new StudioSession(
            caller, new WorkspaceFacts("Test practice", "UTC", true, true), new StudioFormat("UTC", TimeProvider.System));
        if (Services.All(s => s.ServiceType != typeof(BrowserStore))) Services.AddScoped<BrowserStore>();
        var dialogs = Render<MudDialogProvider>();
        var parameters = new DialogParameters
        {
            [nameof(ConnectionDialog.Session)] = session, [nameof(ConnectionDialog.Stored)] = stored,
            [nameof(ConnectionDialog.Kinds)] = (ConnectionKind[])[new HttpKind(null!, null!), new WebhookSecretKind()],
            [nameof(ConnectionDialog.Save)] = (Func<Caller, Connection, SecretChange, Task<Result<ConnectionFacts>>>)((by, wish, secret) =>
            {
                saved.Add((wish, secret, by.Tenant.Environment));
                return Task.FromResult(save(wish));
            }),
            [nameof(ConnectionDialog.Try)] = (Func<Caller, Connection, SecretChange, Task<Result<string>>>)((_, _, _) =>
                Task.FromResult<Result<string>>("It answers.")),
            [nameof(ConnectionDialog.Uses)] = (Func<Caller, ConnectionFacts, Task<Result<IReadOnlyList<WorkflowName>>>>)((_, _) =>
                Task.FromResult<Result<IReadOnlyList<WorkflowName>>>(Array.Empty<WorkflowName>())),
        };
        await dialogs.InvokeAsync(() => Services.GetRequiredService<IDialogService>().ShowAsync<ConnectionDialog>(
            "A connection", parameters, DialogShape.Form));
        return dialogs;
    }
}
