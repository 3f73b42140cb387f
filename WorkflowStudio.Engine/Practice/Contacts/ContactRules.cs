namespace WorkflowStudio.Engine.Practice.Contacts;

/// <summary>Who is the same person, and what is learned of one.</summary>
internal static class ContactRules
{
    /// <summary>
    /// Whether somebody with the same phone number is the one who is told of: a phone is shared by families more often than an e-mail, so
    /// the first names decide.
    /// </summary>
    public static bool IsSame(ContactRow known, ContactFields told) =>
        told.FirstName is null || known.FirstName.Length == 0
        || string.Equals(known.FirstName, told.FirstName, StringComparison.OrdinalIgnoreCase);

    /// <summary>Fills in what was not known. What is known stays: the fields often come from a public form.</summary>
    public static void Fill(ContactRow row, ContactFields fields)
    {
        if (row.FirstName.Length == 0 && row.LastName.Length == 0)
            (row.FirstName, row.LastName) = (fields.FirstName ?? "", fields.LastName ?? "");
        else if (row.LastName.Length == 0 && string.Equals(row.FirstName, fields.FirstName, StringComparison.OrdinalIgnoreCase))
            row.LastName = fields.LastName ?? "";
        row.Email ??= fields.Email;
        row.Phone ??= fields.Phone;
    }
}
