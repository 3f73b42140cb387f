using System.Text.Json;
using WorkflowStudio.Api.Dialects.Sequences;
using WorkflowStudio.Api.Routes;
using WorkflowStudio.Engine.Practice.Notifications;
using WorkflowStudio.Engine.Practice.Tables;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Practice;

namespace WorkflowStudio.Api.Practice;

/// <summary>The addresses of notifications: what the people of a practice are told.</summary>
internal sealed class NotificationRoutes(Notifications notifications, ChangeNotifications changing) : IDialectEndpoints
{
    private static readonly string[] Sent = ["title", "text", "level", "audience", "contactId"];
    private static readonly string[] Told = ["id", "isRead", "readAt", "runId", "workflowId", "createdAt"];

    /// <summary>How much one may matter, by name.</summary>
    public static IReadOnlyList<string> Levels { get; } = [.. Enum.GetValues<NotificationLevel>().Select(l => FieldChoice.ValueOf(l))];

    public IDialect Dialect => PracticeDialect.Instance;

    public void Map(DialectRoutes routes)
    {
        routes.Get("/notifications", Notifications.Needs, ListAsync);
        routes.Post("/notifications", ChangeNotifications.Needs, call => call.WithObjectAsync(body => AddAsync(call, body)));
        routes.Get("/notifications/{id}", Notifications.Needs, call => call.ReadAsync(
            notifications.FindAsync(call.Caller, call.Id(), call.Aborted), found => One(found)));
        routes.Patch("/notifications/{id}", Notifications.Needs, call => call.WithObjectAsync(body => MarkAsync(call, body)));
        routes.Delete("/notifications/{id}", ChangeNotifications.Needs, call => call.ReadAsync(
            changing.RemoveAsync(call.Caller, call.Id(), call.Aborted), _ => ApiAnswer.Nothing));
    }

    private static ApiAnswer One(Notification n, int status = StatusCodes.Status200OK) => SequencesAnswers.One(w => Write(w, n), status);

    private static void Write(Utf8JsonWriter w, Notification n)
    {
        w.WriteString("id", n.Id);
        w.WriteString("title", n.Title);
        w.WriteString("text", n.Text);
        w.WriteString("level", FieldChoice.ValueOf(n.Level));
        w.WriteString("audience", n.Audience);
        w.WriteString("contactId", n.ContactId?.ToString());
        w.WriteBoolean("isRead", n.ReadAt is not null);
        w.WriteString("readAt", n.ReadAt is { } read ? SequencesJson.Time(read) : null);
        w.WriteString("runId", n.RunId?.ToString());
        w.WriteString("workflowId", n.WorkflowId?.ToString());
        w.WriteString("createdAt", SequencesJson.Time(n.At));
    }

    private async Task<ApiAnswer> ListAsync(ApiCall call)
    {
        var reader = new QueryReader(call.Http.Request.Query);
        var (page, level) = (PageOf.Read(reader), reader.Text("level"));
        if (level is not null && !Levels.Contains(level)) reader.Wrong("level", $"The level is one of {string.Join(", ", Levels)}.");
        var filter = new NotificationFilter
        {
            IsRead = reader.Text("isRead") is null ? null : reader.Flag("isRead"),
            Level = level is null || !Levels.Contains(level) ? null : Level(level),
            ContactId = reader.Id("contactId"), RunId = reader.Id("runId"),
        };
        if (reader.Refusal is { } refusal) return call.Dialect.Refuse(refusal);
        return await call.ReadAsync(notifications.PageAsync(call.Caller, filter, page.Skip, page.Limit, call.Aborted),
            found => SequencesAnswers.Page(found.Items, Write, page, found.Total));
    }

    private async Task<ApiAnswer> AddAsync(ApiCall call, JsonElement body)
    {
        var problems = new List<FieldProblem>();
        var said = new NewNotification("", "", NotificationLevel.Info, "", null);
        foreach (var (name, value) in body.EnumerateObject().Select(f => (f.Name, f.Value)))
            said = name switch
            {
                "title" => said with { Title = BodyValue.Text(name, value, problems) },
                "text" => said with { Text = BodyValue.Text(name, value, problems) },
                "audience" => said with { Audience = BodyValue.Text(name, value, problems) },
                "contactId" => said with { ContactId = BodyValue.Id(value) },
                "level" => said with { Level = Level(value, problems) },
                _ => BodyValue.Unknown(name, Sent, Told, problems, said),
            };
        if (problems.Count > 0) return call.Dialect.Refuse(ChangeRecords.Wrong(problems));
        return await call.DoAsync<Notification>(keep => changing.AddAsync(call.Caller, said, keep, call.Aborted),
            added => One(added, StatusCodes.Status201Created) with { Location = $"{Dialect.Prefix}/notifications/{added.Id}" });
    }

    private async Task<ApiAnswer> MarkAsync(ApiCall call, JsonElement body)
    {
        var problems = new List<FieldProblem>();
        bool? isRead = null;
        foreach (var (name, value) in body.EnumerateObject().Select(f => (f.Name, f.Value)))
            if (name == "isRead") isRead = BodyValue.Flag(name, value, problems);
            else BodyValue.Unknown(name, ["isRead"], [.. Told, .. Sent], problems, 0);
        if (isRead is null) problems.Add(new("isRead", "Say whether it is read: true or false."));
        if (problems.Count > 0) return call.Dialect.Refuse(ChangeRecords.Wrong(problems));
        return await call.ReadAsync(
            notifications.MarkAsync(call.Caller, call.Id(), isRead == true, call.Aborted), changed => One(changed));
    }

    private static NotificationLevel Level(string name) =>
        Enum.GetValues<NotificationLevel>().First(l => FieldChoice.ValueOf(l) == name);

    private static NotificationLevel Level(JsonElement value, List<FieldProblem> problems)
    {
        if (value.ValueKind == JsonValueKind.String && Levels.Contains(value.GetString()!)) return Level(value.GetString()!);
        problems.Add(new("level", $"The level is one of {string.Join(", ", Levels)}."));
        return NotificationLevel.Info;
    }
}
