namespace WorkflowStudio.Engine.Expressions.Types;

/// <summary>What is known of the surroundings before a run: one entry per name of which something is known.</summary>
internal static class AmbientTypes
{
    private static readonly Dictionary<string, ExpressionType> Known = new(StringComparer.Ordinal)
    {
        [AmbientNames.Run] = Of(("id", ExpressionType.Text), ("started_at", ExpressionType.Date), ("time_zone", ExpressionType.Text)),
        [AmbientNames.Workflow] = Of(("id", ExpressionType.Text), ("name", ExpressionType.Text)),
        [AmbientNames.Workspace] = Of(
            ("name", ExpressionType.Text), ("phone", ExpressionType.Text), ("address", ExpressionType.Text),
            ("time_zone", ExpressionType.Text),
            ("business_hours", ExpressionType.ListOf(
                Of(("weekday", ExpressionType.Text), ("opens", ExpressionType.Text), ("closes", ExpressionType.Text)))),
            ("single_days", ExpressionType.ListOf(Of(
                ("date", ExpressionType.Text),
                ("hours", ExpressionType.ListOf(Of(("opens", ExpressionType.Text), ("closes", ExpressionType.Text)))))))),
        [AmbientNames.Now] = ExpressionType.Date,
        [AmbientNames.Variables] = ExpressionType.Object,
        [AmbientNames.Index] = ExpressionType.Number,
        [AmbientNames.Invoice] = Of(
            ("number", ExpressionType.Text), ("total", ExpressionType.Text), ("total_cents", ExpressionType.Number),
            ("currency", ExpressionType.Text), ("due_date", ExpressionType.Text), ("due_on", ExpressionType.Date),
            ("days_overdue", ExpressionType.Number), ("status", ExpressionType.Text), ("url", ExpressionType.Text)),
        [AmbientNames.Contact] = Of(
            ("first_name", ExpressionType.Text), ("last_name", ExpressionType.Text), ("name", ExpressionType.Text),
            ("email", ExpressionType.Text), ("phone", ExpressionType.Text)),
    };

    /// <summary>The type of a name; of one that is not listed here nothing is known.</summary>
    public static ExpressionType Of(string name) => Known.GetValueOrDefault(name, ExpressionType.Any);

    /// <summary>What a step that runs others for each item is to those inside.</summary>
    public static ExpressionType Iteration(ExpressionType item) => Of(("item", item), ("index", ExpressionType.Number));

    private static ExpressionType Of(params (string Name, ExpressionType Type)[] fields) =>
        ExpressionType.ObjectOf(fields.ToDictionary(f => f.Name, f => f.Type, StringComparer.Ordinal));
}
