using System.Data.Common;

namespace WorkflowStudio.Engine.Storage.Writing;

/// <summary>A statement of the hot path.</summary>
internal abstract class Statement : IDisposable
{
    /// <summary>Executes it, at once or with the next that is sent.</summary>
    public abstract void Execute(params ReadOnlySpan<SqlValue> values);

    /// <summary>Executes it at once and answers how many rows were changed.</summary>
    public abstract int Change(params ReadOnlySpan<SqlValue> values);

    /// <summary>The first value, or null.</summary>
    public abstract object? Scalar(params ReadOnlySpan<SqlValue> values);

    /// <summary>The rows.</summary>
    public abstract IReadOnlyList<T> Rows<T>(Func<DbDataReader, T> read, params ReadOnlySpan<SqlValue> values);

    /// <summary>Makes it part of a transaction.</summary>
    public virtual void Enlist(DbTransaction transaction)
    {
    }

    public virtual void Dispose()
    {
    }
}
